using Trainer.Clusters;
using Trainer.Failures;
using Trainer.Sweeps;
using Trainer.Tests.Sweeps;

namespace Trainer.Tests.Clusters;

/// <summary>The key <c>cluster</c> of sweep files.</summary>
public class ClusterReaderTests
{
    private const string Everything = """
        cluster:
          partition: short
          account: 0042
          time: 1:30:00
          memory: 4096
          cpus: 2
          gres: gpu:1
          constraint: "[rack1|rack2]"
          parallel: 8
          signal_seconds: 120
          requeues: 5
          cells_per_task: 3
          sbatch_args: [--qos=long, "--comment=a \"b\" #c"]
          kubernetes:
            image: mcr.microsoft.com/dotnet/aspnet:10.0
            claim: course
            namespace: me
            mount: /home/me
            user: 1000
            restarts: 0

        """;

    [Fact]
    public void EveryKey_ComesToItsSetting()
    {
        ClusterSettings read = Read(Everything);
        Assert.Equal(("short", "0042", "1:30:00", "4096"), (read.Partition, read.Account, read.Time, read.Memory));
        Assert.Equal((2, "gpu:1", "[rack1|rack2]", 8), (read.Cpus, read.Gres, read.Constraint, read.Parallel));
        Assert.Equal((120, 5, 3), (read.SignalSeconds, read.Requeues, read.CellsPerTask));
        Assert.Equal(["--qos=long", "--comment=a \"b\" #c"], read.SbatchArguments);
        Assert.Equal(("mcr.microsoft.com/dotnet/aspnet:10.0", "course", "me"), (read.Kubernetes.Image, read.Kubernetes.Claim, read.Kubernetes.Namespace));
        Assert.Equal(("/home/me", 1000, 0), (read.Kubernetes.Mount, read.Kubernetes.User, read.Kubernetes.Restarts));
        // No key is left out of the text above, nor of the settings.
        Assert.All(ClusterKeys.All, key => Assert.NotNull(key.ValueIn(read)));
    }

    [Fact]
    public void Text_ReadsBackAsTheSameSettings_AndSaysNothingOfWhatIsUsual()
    {
        string text = ClusterText.Of(Read(Everything));
        Assert.Equal(text, ClusterText.Of(Read(text)));
        Assert.Equal(18, text.Split('\n').Count(line => line.Contains(": ")));
        Assert.Equal("", ClusterText.Of(Read("")));
        Assert.Equal("", ClusterText.Of(Read("cluster: {signal_seconds: 90, requeues: 20}\n")));
        Assert.Equal("cluster:\n  kubernetes:\n    claim: \"a\"\n", ClusterText.Of(Read("cluster: {kubernetes: {claim: a}}\n")));
    }

    [Fact]
    public async Task SettingsOfACluster_ChangeNoCell_AndAreInTheCopyOfTheSweep()
    {
        using var trial = new SweepTrial();
        const string text = "set: {epochs: 1}\nseeds: 1-2\n";
        string[] before = [.. trial.Cells(text).Select(cell => cell.ToString()!)];
        Assert.Equal(before, trial.Cells(text + Everything).Select(cell => cell.ToString()!));
        Assert.Equal(0, (await trial.RunAsync(text + "cluster: {time: 30, memory: 4G}\n")).Status);
        string copy = File.ReadAllText(trial.Folder.Copy);
        Assert.EndsWith("seeds: [1, 2]\ncluster:\n  time: \"30\"\n  memory: \"4G\"\n", copy);
        Assert.Equal("30", SweepReader.Read(trial.Folder.Copy).Cluster.Time);
    }

    [Theory]
    [InlineData("cluster: short", "(3,1): cluster: expected a mapping, found 'short'; write e.g. 'cluster: {partition: short, time: 30, memory: 4G}'")]
    [InlineData("cluster:", "(3,1): cluster: nothing in it; write e.g. 'cluster: {partition: short, ")]
    [InlineData("cluster: {}", "(3,1): cluster: nothing in it; write e.g.")]
    [InlineData("cluster: {partiton: a}", "(3,11): cluster.partiton: unknown key; did you mean 'partition'? known: partition, account, time, memory, cpus, gres, constraint, parallel, signal_seconds, requeues, cells_per_task, sbatch_args, kubernetes")]
    [InlineData("cluster: {image: a}", "(3,11): cluster.image: unknown key; known: partition, ")]
    [InlineData("cluster: {partition: }", "(3,11): cluster.partition: expected text, found nothing")]
    [InlineData("cluster: {partition: [a, b]}", "(3,11): cluster.partition: expected text, found a list")]
    [InlineData("cluster: {partition: a b}", "(3,11): cluster.partition: 'a b' holds a space, ")]
    [InlineData("cluster: {partition: \"a\\nb\"}", "(3,11): cluster.partition: 'a\\u000ab' holds a space, ")]
    [InlineData("cluster:\n  account: x\n  time: 2h", "(5,3): cluster.time: '2h' is no time; write minutes as 30, else 1:30:00, or 2-12 for two days and a half")]
    [InlineData("cluster: {memory: 4 GB}", "(3,11): cluster.memory: '4 GB' is no memory; write e.g. 4G, or 4096 for as many megabytes")]
    [InlineData("cluster: {cpus: 0}", "(3,11): cluster.cpus: must be at least 1 and at most 1000000, not 0")]
    [InlineData("cluster: {cpus: 1.5}", "(3,11): cluster.cpus: '1.5' is not a whole number")]
    [InlineData("cluster: {cpus: many}", "(3,11): cluster.cpus: 'many' is not a whole number")]
    [InlineData("cluster: {cpus: \"2\"}", "(3,11): cluster.cpus: \"2\" in quotes is text, not a whole number; remove the quotes")]
    [InlineData("cluster: {parallel: }", "(3,11): cluster.parallel: expected a whole number, found nothing")]
    [InlineData("cluster: {signal_seconds: 70000}", "(3,11): cluster.signal_seconds: must be at least 1 and at most 65535, not 70000")]
    [InlineData("cluster: {gres: gpu:}", "(3,11): cluster.gres: 'gpu:' is no list of resources; write e.g. gpu:1 or gpu:a100:2")]
    [InlineData("cluster: {sbatch_args: --qos=long}", "(3,11): cluster.sbatch_args: expected a list, found '--qos=long'; write e.g. 'sbatch_args: [--qos=long]'")]
    [InlineData("cluster: {sbatch_args: []}", "(3,11): cluster.sbatch_args: an empty list; write e.g. 'sbatch_args: [--qos=long]'")]
    [InlineData("cluster: {sbatch_args: [--qos=a, --array=1-3]}", "(3,34): cluster.sbatch_args[1]: '--array=1-3': the launcher sets it itself from the cells; --parallel says how many tasks run at a time")]
    [InlineData("cluster: {sbatch_args: [--mem=4G]}", "(3,25): cluster.sbatch_args[0]: '--mem=4G': write --memory, or memory in the sweep file")]
    [InlineData("cluster: {sbatch_args: [{qos: a}]}", "(3,25): cluster.sbatch_args[0]: expected text, found a mapping")]
    [InlineData("cluster: {kubernetes: course}", "(3,11): cluster.kubernetes: expected a mapping, found 'course'; write e.g. 'kubernetes: {image: mcr.microsoft.com/dotnet/aspnet:10.0, claim: course}'")]
    [InlineData("cluster: {kubernetes: {partition: a}}", "(3,24): cluster.kubernetes.partition: unknown key; known: image, claim, namespace, mount, user, restarts")]
    [InlineData("cluster: {kubernetes: {claim: My Claim}}", "(3,24): cluster.kubernetes.claim: 'My Claim' names no persistent volume claim; it has small letters, digits, '-' and '.'")]
    [InlineData("cluster: {kubernetes: {mount: ../results}}", "(3,24): cluster.kubernetes.mount: '../results' is no folder that a pod can have; write an absolute one")]
    [InlineData("cluster: {time: 1, time: 2}", "(3,20): cluster.time: ")]
    public void Malformed_IsRefused_WithItsPlace(string text, string problem)
    {
        using var trial = new SweepTrial();
        ConfigException thrown = Assert.Throws<ConfigException>(() => SweepReader.Read(trial.Write(text + "\n")));
        Assert.StartsWith(trial.Program.In("s.yaml") + problem, thrown.Message);
        Assert.DoesNotContain('\n', thrown.Message);
    }

    private static ClusterSettings Read(string text)
    {
        using var trial = new SweepTrial();
        return SweepReader.Read(trial.Write(text)).Cluster;
    }
}
