using Trainer.Benchmarks.Queues;
using Trainer.Tests.Commands;
using Trainer.Tests.Documents;

namespace Trainer.Tests.Clusters;

/// <summary>The figures of docs/clusters.md are those of the simulation, and what that counts is there.</summary>
public class ClustersPageTests
{
    // trainer.dll and what lies beside it; the scripts/cluster-scale.sh of a built program counts them.
    private const int FilesOfTheProgram = 13;

    private static readonly string Page = RepositoryRoot.In("docs", "clusters.md");

    [Fact]
    public void GrowthTable_IsWhatTheSimulationSays() => GeneratedText.CheckPart(Page, "growth", QueueTables.Growth());

    [Fact]
    public void StopsTable_IsWhatTheSimulationSays() => GeneratedText.CheckPart(Page, "stops", QueueTables.Stops());

    [Fact]
    public void LoadTable_IsWhatTheSimulationSays() => GeneratedText.CheckPart(Page, "load", QueueTables.Load(FilesOfTheProgram));

    [Fact]
    public async Task ARunLeaves_AsManyFilesAsTheTableCounts()
    {
        using var trial = new ProgramTrial();
        await trial.TrainAsync(trial.SmallConfig());
        Assert.Equal(SweepFiles.FilesOfARun, Directory.GetFiles(trial.RunFolder(), "*", SearchOption.AllDirectories).Length);
        Assert.Equal(SweepFiles.FoldersOfARun - 1, Directory.GetDirectories(trial.RunFolder(), "*", SearchOption.AllDirectories).Length);
    }
}
