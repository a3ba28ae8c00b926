using Trainer.Catalogs;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Sweeps;

namespace Trainer.Tests.Catalogs;

public class RunCatalogTests
{
    [Fact]
    public void Runs_AreThoseBelowAFolder_InTheOrderOfTheirPaths_EachOnce()
    {
        using var runs = new WrittenRuns();
        RunFolder second = runs.Write(WrittenRuns.Sample("b"));
        RunFolder first = runs.Write(WrittenRuns.Sample("a", seed: 2));
        var catalog = RunCatalog.Read([runs.Root, second.Path], runs.Root, withRows: true);
        Assert.Equal([first.Path, second.Path], catalog.Runs.Select(run => run.Folder.Path));
        Assert.Empty(catalog.Problems);
        Assert.Equal(2ul, catalog.Runs[0].Experiment.Seed);
        Assert.Equal(0.6, catalog.Runs[0].Rows[^1].TestAccuracy);
    }

    [Fact]
    public void LastEpoch_IsThatOfAllRows_AndALineThatIsBeingWrittenDoesNotCount()
    {
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample(), accuracies: [.. Enumerable.Range(0, 100).Select(epoch => epoch / 100.0)]);
        File.AppendAllText(folder.Metrics, "100,1000,0.1,,,,,,,0.1");
        RunEntry run = Assert.Single(RunCatalog.Read([runs.Root], runs.Root, withRows: false).Runs);
        Assert.Equal(99, run.Last!.Epoch);
        Assert.Equal(run.Rows[^1], run.Last);
    }

    [Fact]
    public void LastEpoch_OfARunBeforeItsFirst_IsNotThere()
    {
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample());
        File.Delete(folder.Metrics);
        Assert.Null(Assert.Single(RunCatalog.Read([runs.Root], runs.Root, withRows: false).Runs).Last);
    }

    [Theory]
    [InlineData("config.yaml", null)]
    [InlineData("config.yaml", "name: [")]
    [InlineData("manifest.json", null)]
    [InlineData("manifest.json", "{\"data_set\": 3}")]
    [InlineData("status.json", null)]
    [InlineData("status.json", "{\"state\": \"runn")]
    [InlineData("status.json", "null")]
    [InlineData("metrics.csv", "epoch\n1\n")]
    [InlineData("metrics.csv", "")]
    public void BrokenRun_IsLeftOutWithALine_AndTheRestIsThere(string file, string? content)
    {
        using var runs = new WrittenRuns();
        RunFolder broken = runs.Write(WrittenRuns.Sample("a"));
        runs.Write(WrittenRuns.Sample("b"));
        string path = Path.Combine(broken.Path, file);
        File.Delete(path);
        if (content is not null)
        {
            File.WriteAllText(path, content);
        }
        foreach (bool withRows in new[] { true, false })
        {
            var catalog = RunCatalog.Read([runs.Root], runs.Root, withRows);
            Assert.Equal("b", Assert.Single(catalog.Runs).Experiment.Name);
            CatalogProblem problem = Assert.Single(catalog.Problems);
            Assert.StartsWith($"{broken.Path}: left out: ", problem.Message);
            Assert.Contains(file, problem.Message);
            Assert.DoesNotContain('\n', problem.Message);
            Assert.Equal(ExitCode.Failure, catalog.ExitCode);
        }
    }

    [Fact]
    public void FolderThatIsNotThere_IsAProblemOfWhoAsked()
    {
        using var runs = new WrittenRuns();
        runs.Write(WrittenRuns.Sample());
        var catalog = RunCatalog.Read(["nowhere", runs.Root], runs.Root, withRows: false);
        Assert.Single(catalog.Runs);
        Assert.StartsWith("nowhere: no such folder", Assert.Single(catalog.Problems).Message);
        Assert.Equal(ExitCode.Usage, catalog.ExitCode);
    }

    [Fact]
    public void FolderWithoutRuns_IsAProblem()
    {
        using var runs = new WrittenRuns();
        Directory.CreateDirectory(Path.Combine(runs.Root, "empty"));
        Assert.Contains("no run in it", Assert.Single(RunCatalog.Read(["empty"], runs.Root, withRows: false).Problems).Message);
    }

    [Fact]
    public void Name_IsLookedUpBelowTheResults_AndSweepsGiveTheirCellsInTheirOrder()
    {
        using var runs = new WrittenRuns();
        RunFolder one = runs.Write(WrittenRuns.Sample("a"));
        RunFolder other = runs.Write(WrittenRuns.Sample("b"));
        var sweep = SweepFolder.Of(runs.Root, "grid");
        string Seen(RunFolder run) => Path.GetRelativePath(sweep.Path, run.Path).Replace('\\', '/');
        CsvFile.Write(sweep.Index, ["cell", SweepFolder.FolderColumn], [["1", Seen(other)], ["2", Seen(one)], ["3", "../../gone/00000000-s1"]]);
        Assert.Equal(["a"], Names("a"));
        Assert.Equal(["b", "a"], Names("grid"));
        Assert.Equal(["b"], Names($"b/{Path.GetFileName(other.Path)}"));

        IEnumerable<string> Names(string path) => RunCatalog.Read([path], runs.Root, withRows: false).Runs.Select(run => run.Experiment.Name);
    }

    [Fact]
    public void SweepIndexWithoutFolders_IsAProblem()
    {
        using var runs = new WrittenRuns();
        var sweep = SweepFolder.Of(runs.Root, "grid");
        CsvFile.Write(sweep.Index, ["cell"], [["1"]]);
        Assert.Contains("has no column 'folder'", Assert.Single(RunCatalog.Read(["grid"], runs.Root, withRows: false).Problems).Message);
    }

    [Fact]
    public void Groups_GoByConfigurationAndData_AndSayWhatTellsThemApart()
    {
        using var runs = new WrittenRuns();
        runs.Write(WrittenRuns.Sample("relu", seed: 2));
        runs.Write(WrittenRuns.Sample("relu", seed: 1));
        runs.Write(WrittenRuns.Sample("relu", lr: 0.01));
        runs.Write(WrittenRuns.Sample("other"), data: "embedded-garments");
        IReadOnlyList<RunGroup> groups = RunCatalog.Read([runs.Root], runs.Root, withRows: false).Groups();
        Assert.Equal(["other", "relu lr=0.01", "relu lr=0.1"], groups.Select(group => group.Label).Order(StringComparer.Ordinal));
        Assert.Equal([1ul, 2ul], groups.Single(group => group.Label == "relu lr=0.1").Runs.Select(run => run.Experiment.Seed));
    }

    [Fact]
    public void Standing_OfARunThatSaysRunning_HangsOnItsProcess()
    {
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample(), RunState.Running);
        Assert.Equal(RunStanding.BrokenOff, Standing());
        using (new RunLock(folder))
        {
            Assert.Equal(RunStanding.AtWork, Standing());
        }
        Assert.Equal(RunStanding.BrokenOff, Standing());

        RunStanding Standing() => RunCatalog.Read([runs.Root], runs.Root, withRows: false).Runs[0].Standing;
    }

    [Theory]
    [InlineData(RunState.Completed, RunStanding.Completed)]
    [InlineData(RunState.Interrupted, RunStanding.Interrupted)]
    [InlineData(RunState.Diverged, RunStanding.Diverged)]
    [InlineData(RunState.Failed, RunStanding.Failed)]
    public void Standing_OfARunThatEnded_IsWhatItSays(object state, object standing)
    {
        using var runs = new WrittenRuns();
        runs.Write(WrittenRuns.Sample(), (RunState)state);
        Assert.Equal(standing, RunCatalog.Read([runs.Root], runs.Root, withRows: false).Runs[0].Standing);
    }
}
