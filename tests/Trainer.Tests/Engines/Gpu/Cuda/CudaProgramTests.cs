using Trainer.Tests.Commands;
using Trainer.Tests.Engines.Gpu.FakeCuda;
using Trainer.Tests.Processes;

namespace Trainer.Tests.Engines.Gpu.Cuda;

/// <summary>The whole program with a driver's library: the stand-in's, in a process of its own.</summary>
public class CudaProgramTests
{
    private const string Config = "name: card\nmodel: {hidden: [12, 7]}\noptimizer: {name: adam, lr: 0.01}\nbatch_size: 13\nepochs: 2\ndata: {source: embedded, validation: 20}\n";

    [FactNeedingFakeCuda]
    public async Task ARun_LeavesTheSameBytes_AsOnTheProcessor()
    {
        using var folder = new TempFolder();
        string config = folder.Write("card.yaml", Config);
        ProgramOutcome outcome = await RunAsync(
            new(),
            ["run", config, "--out", folder["cuda"], "--device", "cuda"],
            ["run", config, "--out", folder["auto"]],
            ["run", config, "--out", folder["cpu"], "--device", "cpu"]);
        Assert.Equal(("", 0), (outcome.Error, outcome.Status));
        foreach (string file in (string[])["metrics.csv", "summary.json", Path.Combine("checkpoints", "last.safetensors")])
        {
            Assert.Equal(File.ReadAllBytes(In(folder["cpu"], file)), File.ReadAllBytes(In(folder["cuda"], file)));
            Assert.Equal(File.ReadAllBytes(In(folder["cpu"], file)), File.ReadAllBytes(In(folder["auto"], file)));
        }
        Assert.Contains("\"engine\": \"cuda:0, Fake GPU\"", File.ReadAllText(In(folder["auto"], "manifest.json")), StringComparison.Ordinal);
    }

    [FactNeedingFakeCuda]
    public async Task ACardThatIsLost_EndsTheRunWithCode4_AndKeepsWhatWasRecorded()
    {
        using var folder = new TempFolder();
        string config = folder.Write("card.yaml", Config);
        ProgramOutcome whole = await RunAsync(new() { Log = folder["log"] }, ["run", config, "--out", folder["whole"], "--device", "cuda"]);
        Assert.Equal(0, whole.Status);
        // Single launches are those of evaluations, as many in every run; how many steps a graph makes depends on the clock.
        int launches = File.ReadLines(folder["log"]).Count(line => line.StartsWith("cuLaunchKernel ", StringComparison.Ordinal));
        Assert.InRange(launches, 2, int.MaxValue);

        ProgramOutcome lost = await RunAsync(new() { Fail = $"cuLaunchKernel=719@{launches}+" }, ["run", config, "--out", folder["lost"], "--device", "cuda"]);
        Assert.Equal(4, lost.Status);
        Assert.Contains("the card was lost in mid-run", lost.Error, StringComparison.Ordinal);
        Assert.EndsWith("use --device cpu, which gives the same numbers", lost.Error.TrimEnd());
        string[] rows = File.ReadAllLines(In(folder["lost"], "metrics.csv"));
        // The heading, epoch 0, epoch 1; the second epoch was lost.
        Assert.Equal(File.ReadAllLines(In(folder["whole"], "metrics.csv"))[..3], rows);
        Assert.Contains("\"failed\"", File.ReadAllText(In(folder["lost"], "status.json")), StringComparison.Ordinal);
    }

    [TheoryNeedingFakeCuda]
    [InlineData("memory", "out of memory (CUDA_ERROR_OUT_OF_MEMORY)")]
    [InlineData("card", "has compute capability 3.5; 5.0 or newer is needed")]
    [InlineData("driver", "CUDA 11.4")]
    [InlineData("none", "no CUDA-capable device is detected")]
    public async Task ACardThatCannotBeUsed_IsOneLineAndCode4_AndAnEarlierResultStays(string what, string line)
    {
        FakeCudaSwitches switches = what switch
        {
            "memory" => new() { Memory = 1 << 20 },
            "card" => new() { Compute = "3.5" },
            "driver" => new() { Driver = 10020 },
            _ => new() { Devices = 0 },
        };
        using var folder = new TempFolder();
        string config = folder.Write("card.yaml", Config);
        Assert.Equal(0, (await RunAsync(new(), ["run", config, "--out", folder["out"], "--device", "cpu"])).Status);
        byte[] before = File.ReadAllBytes(In(folder["out"], "metrics.csv"));
        ProgramOutcome outcome = await RunAsync(switches, ["run", config, "--out", folder["out"], "--force", "--device", "cuda"]);
        Assert.Equal(4, outcome.Status);
        Assert.Contains(line, outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
        Assert.Equal(before, File.ReadAllBytes(In(folder["out"], "metrics.csv")));
    }

    private static string In(string results, string file) =>
        Path.Combine(Assert.Single(Directory.GetDirectories(results).SelectMany(Directory.GetDirectories)), file);

    private static Task<ProgramOutcome> RunAsync(FakeCudaSwitches switches, params string[][] commands) => switches.RunAsync(
        ChildProcess.Tests, [], string.Join('\n', commands.Select(words => string.Join(ChildProgram.Separator, words))));
}
