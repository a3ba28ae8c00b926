using Trainer.Catalogs;
using Trainer.Failures;
using Trainer.Optimizers;
using Trainer.Results;
using Trainer.Runs;
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
        RunFolder folder = runs.Write(WrittenRuns.Sample(), RunState.Running, [.. Enumerable.Range(0, 100).Select(epoch => epoch / 100.0)]);
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

    [Theory]
    [InlineData("")]
    [InlineData("epoch\n1\n")]
    [InlineData("epoch,seconds,seen\none,2,3\n")]
    public void BrokenSeconds_AreAProblem_OnceTheyAreAskedFor(string content)
    {
        using var runs = new WrittenRuns();
        RunFolder broken = runs.Write(WrittenRuns.Sample("a"));
        runs.Write(WrittenRuns.Sample("b"));
        File.WriteAllText(broken.Timing, content);
        Assert.Equal(2, RunCatalog.Read([runs.Root], runs.Root, withRows: false).Runs.Count);
        var catalog = RunCatalog.Read([runs.Root], runs.Root, withRows: true);
        Assert.Equal("b", Assert.Single(catalog.Runs).Experiment.Name);
        Assert.StartsWith($"{broken.Path}: left out: {broken.Timing}", Assert.Single(catalog.Problems).Message);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 0)]
    [InlineData(false, 30)]
    [InlineData(false, 1)]
    public void CompletedRun_WhoseMetricsAreCutOff_IsLeftOut(bool isWholeLine, int bytesOrLines)
    {
        using var runs = new WrittenRuns();
        RunFolder cut = runs.Write(WrittenRuns.Sample("a"));
        runs.Write(WrittenRuns.Sample("b"));
        string text = File.ReadAllText(cut.Metrics);
        string[] lines = text.TrimEnd().Split('\n');
        File.WriteAllText(cut.Metrics, isWholeLine ? string.Concat(lines.Take(bytesOrLines + 2).Select(line => line + "\n")) : text[..^bytesOrLines]);
        foreach (bool withRows in new[] { true, false })
        {
            var catalog = RunCatalog.Read([runs.Root], runs.Root, withRows);
            Assert.Equal("b", Assert.Single(catalog.Runs).Experiment.Name);
            Assert.Contains("metrics.csv: does not end with epoch 2, with which the run completed; run the experiment again with --force", Assert.Single(catalog.Problems).Message);
            Assert.Equal(ExitCode.Failure, catalog.ExitCode);
        }
    }

    [FactOnUnix]
    public void Links_AreFollowedWhereTheyAreNamed_AndNowhereElse()
    {
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample());
        Directory.CreateSymbolicLink(Path.Combine(runs.Root, "loop"), ".");
        Directory.CreateSymbolicLink(Path.Combine(runs.Root, "relu", "loop"), runs.Root);
        Directory.CreateSymbolicLink(Path.Combine(runs.Root, "again"), Path.GetDirectoryName(folder.Path)!);
        Assert.Equal(folder.Path, Assert.Single(Paths(runs.Root)));
        Assert.Equal(Path.Combine(runs.Root, "again", Path.GetFileName(folder.Path)), Assert.Single(Paths("again")));
        Assert.Equal(folder.Path, RunFinder.Find(runs.Root).Path);

        IEnumerable<string> Paths(string path) => RunCatalog.Read([path], runs.Root, withRows: false).Runs.Select(run => run.Folder.Path);
    }

    [Fact]
    public void SeedThatIsThereTwice_IsTheOneThatCounts()
    {
        using var runs = new WrittenRuns();
        RunFolder good = runs.Write(WrittenRuns.Sample());
        RunFolder bad = runs.Write(WrittenRuns.Sample(seed: 2));
        string copy = runs.In("results", "a-copy", "failed");
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        Directory.Move(bad.Path, copy);
        File.WriteAllText(Path.Combine(copy, "config.yaml"), File.ReadAllText(good.Config));
        WrittenRuns.WriteStatus(new RunFolder(copy), new RunStatus(RunState.Failed, 1, 2, DateTimeOffset.UnixEpoch, null));
        var catalog = RunCatalog.Read([runs.Root], runs.Root, withRows: true);
        Assert.Equal([copy, good.Path], catalog.Runs.Select(run => run.Folder.Path));
        Assert.Equal(good.Path, Assert.Single(Assert.Single(catalog.Groups()).Runs).Folder.Path);
    }

    [Fact]
    public void CellThatHasNotBegun_IsNoRunOfItsSweep()
    {
        using var runs = new WrittenRuns();
        RunFolder done = runs.Write(WrittenRuns.Sample());
        RunFolder begun = RunFolder.Of(runs.Root, WrittenRuns.Sample(seed: 2));
        using var held = new RunLock(begun);
        var sweep = SweepFolder.Of(runs.Root, "grid");
        CsvFile.Write(sweep.Index, ["cell", SweepFolder.FolderColumn], new[] { done, begun }.Select((run, cell) => (string[])[$"{cell}", Path.GetRelativePath(sweep.Path, run.Path)]));
        var catalog = RunCatalog.Read(["grid"], runs.Root, withRows: true);
        Assert.Equal(1ul, Assert.Single(catalog.Runs).Experiment.Seed);
        Assert.Empty(catalog.Problems);
    }

    [Fact]
    public void TextOfFiles_ThatATerminalWouldObey_IsWrittenOut()
    {
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample(), data: "mnist\\u001b[2J\\n");
        WrittenRuns.WriteStatus(folder, new RunStatus(RunState.Failed, 1, 2, DateTimeOffset.UnixEpoch, "because\u001b[2J"));
        RunEntry run = Assert.Single(RunCatalog.Read([runs.Root], runs.Root, withRows: false).Runs);
        Assert.Equal("mnist\\u001b[2J\\u000a", run.Data.Name);
        Assert.Equal("because\\u001b[2J", run.Status.Message);
    }

    [Fact]
    public void Manifest_OfOtherSoftware_LeavesUnsaidWhatItDoesNotSay()
    {
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample());
        File.WriteAllText(folder.Manifest, """{"data_set": "mnist", "hardware": [], "engine": 7, "started": "noon", "software": {"trainer": null}}""");
        Assert.Equal(new RecordedDataSet("mnist", null), RecordedDataSet.Of(folder));
        Assert.Equal(new RecordedMachine(null, null, null, null, null), RecordedMachine.TryRead(folder));
        File.WriteAllText(folder.Manifest, """{"hardware": {"processor": "Z80\u0007", "cores": 1}, "started": "2026-01-02T12:00:00Z", "engine": "half a pair \ud800"}""");
        Assert.Equal(new RecordedMachine("Z80\\u0007", 1, null, new DateTimeOffset(2026, 1, 2, 12, 0, 0, TimeSpan.Zero), null), RecordedMachine.TryRead(folder));
        File.WriteAllText(folder.Manifest, "{");
        Assert.Null(RecordedMachine.TryRead(folder));
        Assert.Null(RecordedDataSet.TryHash(folder));
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
    public void SweepThatWasHalved_IsComparedByItsLastRung_AndThatIsSaid()
    {
        using var runs = new WrittenRuns();
        RunFolder first = runs.Write(WrittenRuns.Sample("a"));
        RunFolder second = runs.Write(WrittenRuns.Sample("b"));
        RunFolder last = runs.Write(WrittenRuns.Sample("b", epochs: 3), accuracies: [0.1, 0.2, 0.3, 0.4]);
        var sweep = SweepFolder.Of(runs.Root, "halved");
        string Seen(RunFolder run) => Path.GetRelativePath(sweep.Path, run.Path).Replace('\\', '/');
        CsvFile.Write(sweep.Index, ["cell", SweepFolder.RungColumn, SweepFolder.FolderColumn], [["1", "1", Seen(first)], ["2", "1", Seen(second)], ["2", "2", Seen(last)]]);
        Assert.Equal(3, RunCatalog.Read(["halved"], runs.Root, withRows: false).Runs.Count);
        var compared = RunCatalog.Read(["halved"], runs.Root, withRows: true, lastRungs: true);
        Assert.Equal(3, Assert.Single(compared.Runs).Experiment.Epochs);
        Assert.Equal(["halved: was halved; its last rung alone is compared, 1 of 3 runs (name their folder for all)"], compared.Notes);
        Assert.Empty(RunCatalog.Read(["a", "b"], runs.Root, withRows: true, lastRungs: true).Notes);
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
    public void Labels_LeaveOutWhatEveryRunOfAKindHas()
    {
        using var runs = new WrittenRuns();
        runs.Write(WrittenRuns.Sample(lr: 0.1));
        runs.Write(WrittenRuns.Sample(lr: 0.01));
        Experiment sample = WrittenRuns.Sample();
        runs.Write(sample with { Optimizer = new Adam { Lr = 0.001 } });
        IEnumerable<string> labels = RunCatalog.Read([runs.Root], runs.Root, withRows: false).Groups().Select(group => group.Label);
        Assert.Equal(["relu optimizer=adam lr=0.001", "relu optimizer=sgd lr=0.01", "relu optimizer=sgd lr=0.1"], labels.Order(StringComparer.Ordinal));
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
