using System.CommandLine;
using Trainer.Devices;
using Trainer.Evaluations;
using Trainer.Failures;
using Trainer.Images;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer predict</c>: which class a run's weights give to images of one's own.</summary>
internal static class PredictCommand
{
    private const int MostClasses = 256;
    private const int Classes = 3;

    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        Argument<string> run = ProgramOptions.Run();
        var image = new Argument<string[]>("image") { HelpName = "IMAGE", Description = "PNG files, or IDX files of images, packed or not", Arity = ArgumentArity.OneOrMore };
        var top = new Option<int>("--top") { HelpName = "N", Description = "how many classes to show of each image", DefaultValueFactory = _ => Classes };
        top.CheckRange(1, MostClasses);
        var invert = new Option<string>("--invert")
        {
            HelpName = "WHEN",
            Description = "exchange black and white: auto, yes or no; the data set is bright on black, and auto does it for a PNG whose border is bright",
            DefaultValueFactory = _ => "auto",
        };
        invert.AcceptOnlyFromAmong("auto", "yes", "no");
        var limit = new Option<int>("--limit") { HelpName = "N", Description = "at most so many images of an IDX file, 0 for all" };
        limit.CheckRange(0, int.MaxValue);
        Option<string> checkpoint = ProgramOptions.Checkpoint();
        Option<string?> device = ProgramOptions.Device();
        Option<int> threads = ProgramOptions.Threads();
        Option<string?> data = ProgramOptions.Data();
        Option<bool> json = ProgramOptions.Json();
        var command = new Command(
            "predict", "Says which class a run's weights give to images: colours become grey, what is not square is padded, any size is scaled by area means.")
        {
            run, image, top, invert, limit, checkpoint, device, threads, data, json,
        }.WithExamples(
            "trainer predict results/relu/0a1b2c3d-s1 shirt.png boots.png",
            "trainer predict results/relu/0a1b2c3d-s1 drawing.png --invert no --top 10",
            "trainer predict results/relu/0a1b2c3d-s1 t10k-images-idx3-ubyte.gz --limit 100 --json");
        command.SetAction((parsed, _) => CommandLine.GuardedAsync(shell, async cancellation =>
        {
            RunFolder folder = RunFinder.Find(parsed.GetRequiredValue(run));
            DeviceChoice choice = ProgramOptions.Choice(shell, parsed.GetValue(device));
            TrainedRun trained = await TrainedRun.LoadAsync(
                folder, ProgramOptions.CheckpointOf(parsed.GetRequiredValue(checkpoint)), shell.Data.Provider(shell), parsed.GetValue(data), cancellation);
            Inversion inversion = Enum.Parse<Inversion>(parsed.GetRequiredValue(invert), ignoreCase: true);
            int most = parsed.GetValue(limit) is > 0 and int given ? given : int.MaxValue;
            // All of them before anything is computed: who hands in a hundred need not wait to hear that the last is broken. Each is made
            // small at once, so that a hundred photographs need no more memory than one.
            FittedImage[] images = [.. parsed.GetRequiredValue(image)
                .SelectMany(path => InputFile.Read(path, most))
                .Select(input => input.Fit(trained.Data.Train.Columns, trained.Data.Train.Rows, inversion))];
            int count = parsed.GetValue(threads);
            IReadOnlyList<ClassLosses> found = ClassLosses.Of(
                trained, setup => shell.Devices.Create(choice, setup, count), [.. images.Select(fitted => (ReadOnlyMemory<byte>)fitted.Pixels)], cancellation);
            var report = new PredictionReport(shell, trained, parsed.GetValue(top));
            if (parsed.GetValue(json))
            {
                report.PrintJson(images, found);
            }
            else
            {
                report.Print(images, found);
            }
            return ExitCode.Ok;
        }));
        return command;
    }
}
