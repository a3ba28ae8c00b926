using System.CommandLine;
using Trainer.Catalogs;
using Trainer.Comparisons;
using Trainer.Reports;
using Trainer.Storage;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer report</c>: a page to hand in.</summary>
internal static class ReportCommand
{
    private const string DefaultFile = "report.html";

    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        var paths = new Argument<string[]>("runs") { HelpName = "RUN|FOLDER|SWEEP", Description = "folders of runs, folders with runs in them, sweeps, or their names", Arity = ArgumentArity.OneOrMore };
        var title = new Option<string?>("--title") { HelpName = "TEXT", Description = "the headline, instead of the configurations' names; the data set is added where it does not say it" };
        var question = new Option<string?>("--question") { HelpName = "TEXT", Description = "what the runs are to answer; stands above the answer" };
        var html = new Option<string>("--html") { HelpName = "FILE", Description = "where to write the page", DefaultValueFactory = _ => DefaultFile };
        var metric = new Option<string>("--metric") { HelpName = "COLUMN", Description = "the figure that configurations are ranked and told apart by", DefaultValueFactory = _ => RunColumns.TestAccuracy };
        var baseline = new Option<string?>("--baseline") { HelpName = "LABEL", Description = "the configuration that all others are told apart from, instead of every pair: fewer comparisons take fewer seeds" };
        var noEval = new Option<bool>("--no-eval") { Description = "evaluate no run: show confusion matrices and mistakes only where 'trainer eval' has been" };
        Option<string> root = ProgramOptions.Out();
        Option<string?> device = ProgramOptions.Device();
        Option<int> threads = ProgramOptions.Threads();
        Option<string?> data = ProgramOptions.Data();
        var command = new Command(
            "report", "Writes one HTML page, which needs no other file and no network: the answer in words, table, curves, what can be told apart, confusion matrices, mistakes, configurations, and where each number comes from.")
        {
            paths, title, question, html, metric, baseline, noEval, root, device, threads, data,
        }.WithExamples(
            "trainer report results/relu results/sigmoid --question \"Is ReLU better than sigmoid?\"",
            "trainer report results --title \"Exercise 5\" --html exercise5.html");
        command.SetAction((parsed, _) => CommandLine.GuardedAsync(shell, async cancellation =>
        {
            string[] asked = parsed.GetRequiredValue(paths);
            var catalog = RunCatalog.Read(asked, parsed.GetRequiredValue(root), withRows: true, lastRungs: true);
            foreach (CatalogProblem problem in catalog.Problems)
            {
                shell.Error.WriteLine($"trainer: {problem.Message}");
            }
            if (catalog.Runs.Count == 0)
            {
                return catalog.ExitCode;
            }
            var comparison = Comparison.Of(catalog, new ComparisonOptions { Metric = parsed.GetRequiredValue(metric), Baseline = parsed.GetValue(baseline) });
            var evaluations = new EvaluationMaker(
                shell, parsed.GetValue(data), parsed.GetValue(noEval) ? null : ProgramOptions.Choice(shell, parsed.GetValue(device)), parsed.GetValue(threads));
            string file = parsed.GetRequiredValue(html);
            var report = new Report
            {
                Title = parsed.GetValue(title) is { } given ? Report.OnDataSet(given, comparison) : Report.TitleOf(comparison),
                Question = parsed.GetValue(question),
                Comparison = comparison,
                Evaluations = await evaluations.OfAsync(comparison, cancellation),
                Pictures = ReportPictures.Of(comparison, asked, parsed.GetRequiredValue(root)),
                // As it was given, but for quotes: whatever shaped the page shapes it again.
                Command = string.Join(' ', ["trainer", .. parsed.Tokens.Select(token => RunsSection.Quoted(token.Value))]),
            };
            AtomicFile.WriteText(file, ReportPage.Of(report));
            shell.Output.WriteLine(file);
            return catalog.ExitCode;
        }));
        return command;
    }
}
