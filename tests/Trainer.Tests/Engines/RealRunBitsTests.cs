using System.Globalization;
using System.Text.Json;
using Trainer.Engines.Cpu;
using Trainer.Tests.Commands;
using Trainer.Tests.Data;
using Trainer.Tests.Documents;
using Trainer.Tests.Processes;

namespace Trainer.Tests.Engines;

/// <summary>
/// Promise 2 on Fashion-MNIST itself: an epoch on one thread, on two and with narrower vectors, each in a process of the
/// program, gives the metrics.csv in <c>Golden/real-runs.txt</c>, to the byte and with the digest of its weights. The
/// machine that made that file had AVX-512 and two cores; <c>TRAINER_UPDATE=1 dotnet test</c> makes it again.
/// </summary>
public class RealRunBitsTests
{
    private static readonly (string Name, string[] Arguments)[] Experiments =
    [
        ("relu", ["configs/relu.yaml"]),
        ("adam", ["configs/adam.yaml", "--set", "model.activation=sigmoid"]),
    ];

    private static readonly (RuntimeSwitch Without, int Threads)[] Ways =
        [(RuntimeSwitch.None, 2), (RuntimeSwitch.None, 1), (RuntimeSwitch.WithoutAvx512, 2)];

    [FactNeedingRealData]
    public async Task AnEpoch_GivesTheCommittedNumbers_OnOneThread_OnTwo_AndWithNarrowerVectors()
    {
        foreach ((RuntimeSwitch without, int threads) in Ways)
        {
            string found = "";
            foreach ((string name, string[] arguments) in Experiments)
            {
                found += $"{string.Join(' ', arguments)}\n{await MetricsAsync(name, arguments, without, threads)}\n";
            }
            GeneratedText.Check(RepositoryRoot.In("tests", "Trainer.Tests", "Golden", "real-runs.txt"), found);
        }
    }

    private static async Task<string> MetricsAsync(string name, string[] arguments, RuntimeSwitch without, int threads)
    {
        using var folder = new TempFolder();
        ProgramOutcome outcome = await ChildProcess.RunAsync(ChildProcess.Trainer, without,
        [
            "run", RepositoryRoot.In(arguments[0]), .. arguments[1..], "--epochs", "1", "--out", folder.Root,
            "--threads", threads.ToString(CultureInfo.InvariantCulture), "--data", FactNeedingRealDataAttribute.Folder!,
        ]);
        Assert.Equal(("", 0), (outcome.Error, outcome.Status));
        string run = Assert.Single(Directory.GetDirectories(folder[name]));
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(run, "manifest.json")));
        Assert.Equal(Engine(without.Vectors.Engine, threads), manifest.RootElement.GetProperty("engine").GetString());
        return File.ReadAllText(Path.Combine(run, "metrics.csv"));
    }

    /// <summary>How the engine describes itself: that a switch was thrown is no proof that it did anything.</summary>
    private static string Engine(VectorWidth width, int threads) =>
        $"cpu, {threads} {(threads == 1 ? "thread" : "threads")}, {(width == VectorWidth.Scalar ? "no vectors" : $"{(int)width}-bit vectors")}";
}
