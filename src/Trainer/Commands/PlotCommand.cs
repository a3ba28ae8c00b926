using System.CommandLine;
using Trainer.Charts;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Terminal;
using Trainer.Yaml;

namespace Trainer.Commands;

/// <summary><c>trainer plot</c>.</summary>
internal static class PlotCommand
{
    private const int LeastWidth = 16;
    private const int MostWidth = 20_000;

    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        var run = new Argument<string>("run") { HelpName = "RUN", Description = "folder of a run, or a folder with one run in it; with --schedule a configuration file" };
        var schedule = new Option<bool>("--schedule") { Description = "draw the learning rate of a configuration over its steps; nothing is trained" };
        Option<string[]> set = ProgramOptions.Set();
        var format = new Option<string>("--format")
        {
            HelpName = "FORMAT",
            Description = "svg, png or pdf (png and pdf by rsvg-convert)",
            DefaultValueFactory = _ => "svg",
        };
        format.AcceptOnlyFromAmong("svg", "png", "pdf");
        var width = new Option<int>("--width")
        {
            HelpName = "PIXELS",
            Description = "width of a png",
            DefaultValueFactory = _ => SvgConverter.DefaultWidth,
        };
        width.CheckRange(LeastWidth, MostWidth);
        var output = new Option<string?>("--output", "-o") { HelpName = "FILE", Description = "where to write it, instead of curves.FORMAT in the run's folder (with --schedule: NAME-schedule.FORMAT in results); its ending decides" };
        var command = new Command("plot", "Draws a run's curves of loss and accuracy again, from its metrics.csv, or a configuration's learning rate.")
        {
            run, schedule, set, format, width, output,
        }.WithExamples(
            "trainer plot results/relu/0a1b2c3d-s1",
            "trainer plot results/relu/0a1b2c3d-s1 --format png --width 800",
            "trainer plot --schedule configs/relu.yaml --set schedule=cosine");
        command.SetAction((parsed, _) => CommandLine.Guarded(shell, () =>
        {
            string what = parsed.GetRequiredValue(run);
            string[] overrides = parsed.GetValue(set) ?? [];
            string destination = parsed.GetValue(schedule)
                ? DrawSchedule(what, overrides, parsed.GetValue(output), parsed.GetRequiredValue(format), parsed.GetValue(width))
                : DrawRun(what, overrides, parsed.GetValue(output), parsed.GetRequiredValue(format), parsed.GetValue(width));
            shell.Output.WriteLine(destination);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static string DrawRun(string run, string[] overrides, string? output, string format, int width)
    {
        if (overrides.Length > 0)
        {
            throw new ConfigException($"--set {overrides[0]}: a run is drawn as it was recorded; --set goes with --schedule");
        }
        RunFolder folder = RunFinder.Find(run);
        string destination = output ?? Path.ChangeExtension(folder.Curves, format);
        RunFigure.Write(folder, destination, width);
        return destination;
    }

    private static string DrawSchedule(string config, string[] overrides, string? output, string format, int width)
    {
        Experiment experiment = ConfigReader.Read<Experiment>(config, overrides);
        string destination = output ?? Path.Combine(ProgramOptions.DefaultResults, $"{experiment.Name}-schedule.{format}");
        RatePicture.Write(experiment, config, destination, width);
        return destination;
    }
}
