using System.Globalization;
using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Contestants;

namespace Trainer.Benchmarks.Racing;

/// <summary>What programs are started with: the same images and an empty folder each.</summary>
/// <param name="images">The images.</param>
/// <param name="scratch">A folder for what the programs write.</param>
/// <param name="cancellation">Ends a program.</param>
internal sealed class ProgramSurroundings(ImageFolders images, string scratch, CancellationToken cancellation)
{
    private const string Config = "configs/relu.yaml";

    /// <summary>Our program.</summary>
    public ProgramRun Trainer(params string[] arguments) => new(
        Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "trainer.exe" : "trainer"),
        arguments, new Dictionary<string, string>(), cancellation);

    /// <summary>A peer's program.</summary>
    /// <param name="setting">How it is started.</param>
    /// <param name="arguments">What follows the folders of images and results.</param>
    public ProgramRun Theirs(ContestantSetting setting, params string[] arguments) =>
        new(setting.Program, [.. setting.Arguments, images.Of(ImageKind.Real), Output(), .. arguments], setting.Environment, cancellation);

    /// <summary>The command line of a whole run of ours.</summary>
    /// <param name="arguments">What else it is told.</param>
    public string[] Run(params string[] arguments) =>
    [
        // The peers compute on the processor.
        "run", Repository.In(Config), "--device", "cpu", "--force", "--out", Output(), .. arguments, .. Data(),
    ];

    /// <summary>A number as an argument.</summary>
    public static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string[] Data() => images.IsFashionMnist ? ["--data", images.Of(ImageKind.Real)] : ["--set", "data.source=embedded"];

    /// <summary>An empty folder: nobody finds what somebody left.</summary>
    private string Output()
    {
        if (Directory.Exists(scratch))
        {
            Directory.Delete(scratch, recursive: true);
        }
        Directory.CreateDirectory(scratch);
        return scratch;
    }
}
