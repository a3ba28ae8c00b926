using System.CommandLine;
using Trainer.Data;
using Trainer.Devices;
using Trainer.Evaluations;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer eval</c>: a run's weights, measured again and in detail.</summary>
internal static class EvalCommand
{
    private const int MostMistakes = 400;
    private const int Mistakes = 25;

    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        Argument<string> run = ProgramOptions.Run();
        var split = new Option<string>("--split") { HelpName = "SPLIT", Description = "test, validation or train", DefaultValueFactory = _ => "test" };
        split.AcceptOnlyFromAmong("test", "validation", "train");
        Option<string> checkpoint = ProgramOptions.Checkpoint();
        var mistakes = new Option<int>("--mistakes") { HelpName = "N", Description = "how many of the most confident mistakes to draw, 0 for none", DefaultValueFactory = _ => Mistakes };
        mistakes.CheckRange(0, MostMistakes);
        var format = new Option<string>("--format") { HelpName = "FORMAT", Description = "of the pictures: svg, png or pdf (png and pdf by rsvg-convert)", DefaultValueFactory = _ => "svg" };
        format.AcceptOnlyFromAmong("svg", "png", "pdf");
        var output = new Option<string?>("--output", "-o") { HelpName = "DIR", Description = "where to write, instead of eval in the run's folder" };
        Option<string?> device = ProgramOptions.Device();
        Option<int> threads = ProgramOptions.Threads();
        Option<string?> data = ProgramOptions.Data();
        Option<bool> json = ProgramOptions.Json();
        var command = new Command(
            "eval", "Measures a run's weights again, class by class: precision, recall, confusion matrix, the worst mistakes. Loss and accuracy must equal metrics.csv to the last bit, or it ends with code 6.")
        {
            run, split, checkpoint, mistakes, format, output, device, threads, data, json,
        }.WithExamples(
            "trainer eval results/relu/0a1b2c3d-s1",
            "trainer eval results/relu/0a1b2c3d-s1 --split train --mistakes 100 --format png",
            "trainer eval results/relu/0a1b2c3d-s1 --checkpoint best --json");
        command.SetAction((parsed, _) => CommandLine.GuardedAsync(shell, async cancellation =>
        {
            RunFolder folder = RunFinder.Find(parsed.GetRequiredValue(run));
            DeviceChoice choice = ProgramOptions.Choice(shell, parsed.GetValue(device));
            TrainedRun trained = await TrainedRun.LoadAsync(
                folder, ProgramOptions.CheckpointOf(parsed.GetRequiredValue(checkpoint)), shell.Data.Provider(shell), parsed.GetValue(data), cancellation);
            SplitName name = Enum.Parse<SplitName>(parsed.GetRequiredValue(split), ignoreCase: true);
            int count = parsed.GetValue(threads);
            var measured = SplitMeasurement.Of(trained, name, setup => shell.Devices.Create(choice, setup, count), cancellation);
            bool compared = measured.Compare();
            IReadOnlyList<string> files = EvaluationFiles.Write(
                measured, parsed.GetValue(output) ?? EvaluationFiles.FolderOf(trained, name), parsed.GetRequiredValue(format), parsed.GetValue(mistakes));
            if (parsed.GetValue(json))
            {
                shell.Output.WriteLine(EvaluationReport.Json(measured, compared, files));
            }
            else
            {
                EvaluationReport.Print(shell, measured, choice.Reason, compared, files);
            }
            return ExitCode.Ok;
        }));
        return command;
    }
}
