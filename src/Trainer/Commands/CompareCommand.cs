using System.CommandLine;
using System.CommandLine.Completions;
using Trainer.Catalogs;
using Trainer.Comparisons;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer compare</c>: many runs, grouped by configuration, side by side.</summary>
internal static class CompareCommand
{
    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        var paths = new Argument<string[]>("runs")
        {
            HelpName = "RUN|FOLDER|SWEEP",
            Description = "folders of runs, folders with runs below them, or sweeps; or their names under the folder of all results",
            Arity = ArgumentArity.OneOrMore,
        };
        var metric = new Option<string>("--metric")
        {
            HelpName = "KEY",
            Description = "the figure to rank and to tell apart by, as test_loss, best_test_accuracy, area or seconds",
            DefaultValueFactory = _ => RunColumns.TestAccuracy,
        };
        metric.CompletionSources.Add(_ => RunColumns.All(target: 1).Select(column => new CompletionItem(column.Key)));
        var target = new Option<double?>("--target") { HelpName = "ACCURACY", Description = "also count the epochs to this test accuracy, as 0.85" };
        target.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && double.TryParse(token.Value, out double value) && value is not (> 0 and <= 1))
            {
                result.AddError($"--target must be a fraction above 0 and at most 1, not {token.Value}");
            }
        });
        var baseline = new Option<string?>("--baseline") { HelpName = "LABEL", Description = "compare every other group with this one alone: fewer comparisons, less correction" };
        Option<string?> csv = File("--csv", "the table, unrounded: a row a group");
        Option<string?> runs = File("--runs", "the figures of every run, with its folder, seed and epoch");
        Option<string?> pairs = File("--pairs", "the verdict of every pair");
        Option<string?> markdown = File("--markdown", "table, verdicts and notes in Markdown");
        Option<string?> latex = File("--latex", "the table for LaTeX with booktabs");
        Option<string?> svg = File("--svg", "the curves with bands of one standard deviation; .png and .pdf by rsvg-convert");
        var plots = new Option<string?>("--plots") { HelpName = "DIR", Description = "write all pictures: the curves, and where keys were varied a heat map, parallel coordinates, the metric by each key" };
        Option<string> results = ProgramOptions.Out();
        Option<bool> json = ProgramOptions.Json();
        var command = new Command(
            "compare", "Groups runs by configuration: mean and spread over seeds, curves, and which groups can be told apart (exact permutation tests, corrected for their number).")
        {
            paths, metric, target, baseline, csv, runs, pairs, markdown, latex, svg, plots, results, json,
        }.WithExamples(
            "trainer compare relu sigmoid",
            "trainer compare results --metric best_test_accuracy --baseline relu --csv table.csv",
            "trainer compare results/sweeps/rates --target 0.85 --plots pictures");
        command.SetAction((parsed, _) => CommandLine.Guarded(shell, () =>
        {
            string root = parsed.GetRequiredValue(results);
            var catalog = RunCatalog.Read(parsed.GetRequiredValue(paths), root, withRows: true, lastRungs: true);
            foreach (CatalogProblem problem in catalog.Problems)
            {
                shell.Error.WriteLine($"trainer: {problem.Message}");
            }
            if (catalog.Runs.Count == 0)
            {
                return catalog.ExitCode;
            }
            var comparison = Comparison.Of(catalog, new ComparisonOptions
            {
                Metric = parsed.GetRequiredValue(metric),
                Target = parsed.GetValue(target),
                Baseline = parsed.GetValue(baseline),
            });
            Print(shell, comparison, parsed.GetValue(json));
            var files = new ComparisonFiles
            {
                Groups = parsed.GetValue(csv),
                Runs = parsed.GetValue(runs),
                Pairs = parsed.GetValue(pairs),
                Markdown = parsed.GetValue(markdown),
                Latex = parsed.GetValue(latex),
                Curves = parsed.GetValue(svg),
                Plots = parsed.GetValue(plots),
            };
            foreach (string path in files.Write(comparison))
            {
                (parsed.GetValue(json) ? shell.Error : shell.Output).WriteLine(path);
            }
            return catalog.ExitCode;
        }));
        return command;
    }

    private static Option<string?> File(string name, string description) => new(name) { HelpName = "FILE", Description = $"write {description}" };

    private static void Print(Shell shell, Comparison comparison, bool json)
    {
        IEnumerable<string> lines = json
            ? ComparisonJson.Lines(comparison)
            : new ComparisonText(shell.Console.Profile.Width, plain: !shell.Console.Profile.Capabilities.Unicode).Lines(comparison);
        foreach (string line in lines)
        {
            shell.Output.WriteLine(line);
        }
    }
}
