using Trainer.Tests.Commands;
using Trainer.Tests.Sweeps;
using Trainer.Yaml;

namespace Trainer.Tests.Clusters;

/// <summary><c>trainer sweep --launcher kubernetes --dry-run</c>, and what its pods would do.</summary>
public class PrintedJobTests
{
    private const string Sweep = "set: {epochs: 1}\ngrid: {batch_size: [32, 64]}\nseeds: 1-2\n";
    private static readonly string[] Kubernetes = ["--launcher", "kubernetes", "--dry-run", "--image", "net:10", "--claim", "course"];

    [Fact]
    public async Task PodsOfThePrintedJob_LeaveTheBytesOfTheLocalSweep()
    {
        using var local = new SweepTrial();
        await local.RunAsync(Sweep);
        using var trial = new SweepTrial();
        ProgramOutcome printed = await trial.RunAsync(Sweep, [.. Kubernetes, "--cells-per-task", "3"]);
        Assert.Equal(0, printed.Status);
        Assert.StartsWith("s: 4 cells, 4 to do; what pods read is in ", printed.Error);
        MappingNode spec = Spec(printed.Output, out string[] command);
        Assert.Equal("2", ((ScalarNode)spec.Find("completions")!.Value).Text);
        Assert.Equal(["dotnet", "sweep-task"], [command[0], command[2]]);
        foreach (string index in (string[])["1", "2"])
        {
            Assert.Equal(0, (await trial.Program.RunAsync([.. command[2..], "--index", index])).Status);
        }
        Assert.Equal(local.Files("metrics.csv"), trial.Files("metrics.csv"));
        Assert.Equal(0, (await trial.Program.RunAsync("sweep", "collect", trial.Folder.Path)).Status);
        Assert.Equal(File.ReadAllText(local.Folder.Index), File.ReadAllText(trial.Folder.Index));
        ProgramOutcome again = await trial.RunAsync(Sweep, [.. Kubernetes, "--cells-per-task", "3"]);
        Assert.Equal((0, ""), (again.Status, again.Output));
        Assert.StartsWith("s: 4 cells, 0 to do; ", again.Error);
    }

    [Fact]
    public async Task SameCall_PrintsTheSameJob_AndOneWithOtherCellsInATask_AnotherOne()
    {
        using var trial = new SweepTrial();
        string first = (await trial.RunAsync(Sweep, Kubernetes)).Output;
        Assert.Equal(first, (await trial.RunAsync(Sweep, Kubernetes)).Output);
        Spec(first, out string[] command);
        await trial.Program.RunAsync([.. command[2..], "--index", "2"]);
        // Pods of it may be at work.
        Assert.Equal(first, (await trial.RunAsync(Sweep, Kubernetes)).Output);
        Spec((await trial.RunAsync(Sweep, [.. Kubernetes, "--cells-per-task", "2"])).Output, out string[] other);
        Assert.Equal(("1", "2"), (command[5], other[5]));
    }

    [Theory]
    [InlineData("--launcher kubernetes --image net:10 --claim course", "--launcher kubernetes submits nothing, ")]
    [InlineData("--launcher kubernetes --dry-run --claim course", "--launcher kubernetes: pods need an image with .NET; ")]
    [InlineData("--launcher kubernetes --dry-run --image net:10", "--launcher kubernetes: pods need the persistent volume claim ")]
    [InlineData("--launcher kubernetes --dry-run --image net:10 --claim course --gres shard:1", "--launcher kubernetes: gres 'shard:1' has no counterpart there; ")]
    [InlineData("--launcher kubernetes --dry-run --image net:10 --claim course --mount /elsewhere", "--launcher kubernetes: ")]
    [InlineData("--launcher kubernetes --dry-run --image net:10 --claim course --mount results", "--mount: 'results' is no folder that a pod can have; ")]
    public async Task JobThatCannotBePrinted_IsRefused_AndNothingIsWritten(string arguments, string problem)
    {
        using var trial = new SweepTrial();
        ProgramOutcome outcome = await trial.RunAsync(Sweep, arguments.Split(' '));
        Assert.Equal((2, ""), (outcome.Status, outcome.Output));
        Assert.StartsWith("trainer: " + problem, outcome.OneErrorLine());
        Assert.False(Directory.Exists(trial.Program.Results));
    }

    private static MappingNode Spec(string manifest, out string[] command)
    {
        var spec = (MappingNode)YamlTree.Parse(manifest, "job.yaml").Find("spec")!.Value;
        var pod = (MappingNode)((MappingNode)spec.Find("template")!.Value).Find("spec")!.Value;
        var container = (MappingNode)((SequenceNode)pod.Find("containers")!.Value).Items[0];
        command = [.. ((SequenceNode)container.Find("command")!.Value).Items.Select(word => ((ScalarNode)word).Text)];
        return spec;
    }
}
