using System.CommandLine;
using Trainer.Charts;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer plot</c>.</summary>
internal static class PlotCommand
{
    private const int LeastWidth = 16;
    private const int MostWidth = 20_000;

    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        var run = new Argument<string>("run") { HelpName = "RUN", Description = "folder of a run, or a folder with one run in it" };
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
        var output = new Option<string?>("--output", "-o") { HelpName = "FILE", Description = "where to write it, instead of curves.FORMAT in the run's folder; its ending decides" };
        var command = new Command("plot", "Draws a run's curves of loss and accuracy again, from its metrics.csv.")
        {
            run, format, width, output,
        }.WithExamples(
            "trainer plot results/relu/0a1b2c3d-s1",
            "trainer plot results/relu/0a1b2c3d-s1 --format png --width 800");
        command.SetAction((parsed, _) => CommandLine.Guarded(shell, () =>
        {
            RunFolder folder = RunFinder.Find(parsed.GetRequiredValue(run));
            string destination = parsed.GetValue(output) ?? Path.ChangeExtension(folder.Curves, parsed.GetRequiredValue(format));
            RunFigure.Write(folder, destination, parsed.GetValue(width));
            shell.Output.WriteLine(destination);
            return ExitCode.Ok;
        }));
        return command;
    }
}
