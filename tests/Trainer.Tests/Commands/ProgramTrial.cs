using Spectre.Console;
using Trainer.Clusters;
using Trainer.Commands;
using Trainer.Data;
using Trainer.Devices;
using Trainer.Terminal;
using Trainer.Tests.Devices;

namespace Trainer.Tests.Commands;

/// <summary>
/// The whole program inside the test's process: real verbs, real files, but no environment, no network (the mirrors
/// are a port where nobody listens), no GPU unless the test brings one, and a small embedded set.
/// </summary>
/// <param name="train">Training images of the embedded set.</param>
/// <param name="test">Test images.</param>
internal sealed class ProgramTrial(int train = 500, int test = 200) : IDisposable
{
    private readonly Lazy<DataSet> _garments = new(() => EmbeddedGarments.Draw(train, test));
    private readonly TempFolder _folder = new();

    /// <summary>Where this trial's results go.</summary>
    public string Results => _folder["results"];

    /// <summary>Where engines run.</summary>
    public DeviceAccess Devices { get; init; } = TrialGpus.None;

    /// <summary>How clusters are come by; null for this machine's programs.</summary>
    public ClusterAccess? Clusters { get; init; }

    /// <summary>What somebody types when asked; null where nobody can be asked.</summary>
    public Func<string?>? Answer { get; init; }

    /// <summary>A place for the test's own files.</summary>
    public string In(params ReadOnlySpan<string> parts) => _folder[parts];

    /// <summary>Writes a configuration and returns its path.</summary>
    public string Config(string text, string name = "trial.yaml") => _folder.Write(name, text);

    /// <summary>A small experiment on the embedded set.</summary>
    public string SmallConfig(string more = "", string optimizer = "{name: sgd, lr: 0.1}", string name = "trial") => Config(
        $"name: {name}\nmodel: {{hidden: [16, 8], activation: relu}}\noptimizer: {optimizer}\nbatch_size: 64\nepochs: 2\n{more}");

    /// <summary>Runs the program.</summary>
    public async Task<ProgramOutcome> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        console.Profile.Width = 120;
        var patience = new DownloadPatience { Answer = TimeSpan.FromSeconds(1), Reach = TimeSpan.FromSeconds(1), Rounds = 1, Pause = (_, _) => Task.CompletedTask };
        var data = new DataAccess(
            new DataSurroundings(null, _folder["cache"]),
            new Downloader([new Uri("http://127.0.0.1:9/")], FashionMnistFiles.Official, patience),
            () => _garments.Value);
        var shell = new Shell(output, error, new Lazy<IAnsiConsole>(console), OutputIsRedirected: true, ErrorIsRedirected: true, data, Devices) { ReadAnswer = Answer };
        shell = Clusters is { } clusters ? shell with { Clusters = clusters } : shell;
        int status = await CommandLine.InvokeAsync(arguments, shell);
        return new ProgramOutcome(status, output.ToString(), error.ToString());
    }

    /// <summary><c>trainer run</c> into this trial's results.</summary>
    public Task<ProgramOutcome> TrainAsync(string config, params string[] more) =>
        RunAsync(["run", config, "--out", Results, .. more]);

    /// <summary>The only run folder below the results.</summary>
    public string RunFolder() => Assert.Single(Directory.GetDirectories(Results).SelectMany(Directory.GetDirectories));

    /// <summary>A file of the only run.</summary>
    public string Read(params string[] parts) => File.ReadAllText(Path.Combine([RunFolder(), .. parts]));

    public void Dispose() => _folder.Dispose();
}
