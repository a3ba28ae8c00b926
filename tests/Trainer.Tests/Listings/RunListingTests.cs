using Trainer.Catalogs;
using Trainer.Failures;
using Trainer.Listings;
using Trainer.Results;
using Trainer.Tests.Catalogs;

namespace Trainer.Tests.Listings;

public class RunListingTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("name=relu", "relu relu")]
    [InlineData("name=RELU", "relu relu")]
    [InlineData("name=*e*", "relu relu deep")]
    [InlineData("name != relu", "deep")]
    [InlineData("optimizer=sgd", "relu relu deep")]
    [InlineData("optimizer.name=adam", "")]
    [InlineData("optimizer.lr>0.01", "relu deep")]
    [InlineData("optimizer.lr >= 1e-2", "relu relu deep")]
    [InlineData("optimizer.lr=1e-2", "relu")]
    [InlineData("optimizer.betas=[0.9, 0.999]", "")]
    [InlineData("model.hidden=[16]", "relu relu deep")]
    [InlineData("clipping=null", "relu relu deep")]
    [InlineData("test_accuracy<0.5", "deep")]
    [InlineData("val_accuracy>0", "")]
    [InlineData("val_accuracy!=0", "")]
    [InlineData("state=completed", "relu relu")]
    [InlineData("state=diverged", "deep")]
    [InlineData("epochs<=2", "relu relu deep")]
    [InlineData("seed=2", "relu")]
    [InlineData("data_set=fashion-mnist", "relu relu deep")]
    [InlineData("updated>2026-01-02T12:00:30", "relu deep")]
    [InlineData("updated<2026-01-02", "")]
    public void Filter_LetsThroughWhatItSays(string filter, string names)
    {
        using WrittenRuns runs = Three();
        IEnumerable<string> shown = Listing(runs, new ListingOptions { Filters = [filter] }).Runs.Select(run => run.Entry.Experiment.Name);
        Assert.Equal(names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), shown.Order());
    }

    [Theory]
    [InlineData("lr", "--filter 'lr': is no condition; write KEY=VALUE")]
    [InlineData("name=", "--filter 'name=': is no condition")]
    [InlineData("name==relu", "--filter 'name==relu': is no condition")]
    [InlineData("=relu", "--filter '=relu': is no condition")]
    [InlineData("optimzer.lr=1", "--filter 'optimzer.lr=1': 'optimzer.lr' is neither a field (name, hash, seed, ")]
    [InlineData("optimzer.lr=2", "did you mean 'optimizer.lr'?")]
    [InlineData("test_acuracy>0.8", "did you mean 'test_accuracy'?")]
    [InlineData("state=divergd", "--filter 'state=divergd': 'divergd' is no state; did you mean 'diverged'?")]
    [InlineData("optimizer.lr>fast", "--filter 'optimizer.lr>fast': 'fast' is neither a number nor a date; compare text with = or !=")]
    public void Filter_ThatCannotBeFollowed_SaysSo(string filter, string part)
    {
        using WrittenRuns runs = Three();
        ConfigException problem = Assert.Throws<ConfigException>(() => Listing(runs, new ListingOptions { Filters = [filter] }));
        Assert.Contains(part, problem.Message);
        Assert.DoesNotContain('\n', problem.Message);
    }

    [Theory]
    [InlineData("diverged", 1)]
    [InlineData("diverged,completed", 3)]
    [InlineData("Broken off", 0)]
    [InlineData("running", 0)]
    public void State_TakesWords(string states, int count)
    {
        using WrittenRuns runs = Three();
        RunListing listing = Listing(runs, new ListingOptions { States = [states] });
        Assert.Equal((count, 3), (listing.Runs.Count, listing.Total));
    }

    [Fact]
    public void Sort_GoesByNumberWhereThereIsOne_AndWhatIsMissingComesLast()
    {
        using WrittenRuns runs = Three();
        Assert.Equal([0.01, 0.1, 0.5], Rates(new ListingOptions { Sort = "optimizer.lr" }));
        Assert.Equal([0.5, 0.1, 0.01], Rates(new ListingOptions { Sort = "optimizer.lr", Reverse = true }));
        Assert.Equal([0.5, 0.01, 0.1], Rates(new ListingOptions { Sort = "test_accuracy" }));
        File.Delete(Listing(runs, new ListingOptions { Sort = "test_accuracy" }).Runs[1].Entry.Folder.Metrics);
        Assert.Equal([0.5, 0.1, 0.01], Rates(new ListingOptions { Sort = "test_accuracy" }));
        Assert.Equal([0.1, 0.5, 0.01], Rates(new ListingOptions { Sort = "test_accuracy", Reverse = true }));
        Assert.Throws<ConfigException>(() => Listing(runs, new ListingOptions { Sort = "speed" }));

        IEnumerable<string?> Texts(ListingOptions options) => Listing(runs, options).Runs.Select(run => run.Entry.Keys["optimizer.lr"]);
        IEnumerable<double> Rates(ListingOptions options) => Texts(options).Select(text => double.Parse(text!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Tail_KeepsTheLatest_InTheOrderOfTime()
    {
        using WrittenRuns runs = Three();
        Assert.Equal(["0.01", "0.5"], Listing(runs, new ListingOptions { Tail = 2 }).Runs.Select(run => run.Entry.Keys["optimizer.lr"]));
    }

    [Fact]
    public void HeadAndTail_CutASortedListAtItsEnds()
    {
        using WrittenRuns runs = Three();
        Assert.Equal(["0.1", "0.01"], Rates(new ListingOptions { Sort = "test_accuracy", Reverse = true, Head = 2 }));
        Assert.Equal(["0.01", "0.1"], Rates(new ListingOptions { Sort = "test_accuracy", Tail = 2 }));
        Assert.Equal(["0.5"], Rates(new ListingOptions { Sort = "test_accuracy", Reverse = true, Tail = 1 }));
        Assert.Equal(["0.01"], Rates(new ListingOptions { Tail = 2, Head = 1 }));
        File.Delete(Listing(runs, new ListingOptions { Filters = ["optimizer.lr=0.1"] }).Runs[0].Entry.Folder.Metrics);
        Assert.Equal(["0.01"], Rates(new ListingOptions { Sort = "test_accuracy", Tail = 1 }));

        IEnumerable<string> Rates(ListingOptions options) => Listing(runs, options).Runs.Select(run => run.Entry.Keys["optimizer.lr"]);
    }

    [Fact]
    public void Lines_FitATerminal_AndSayTheDataSet()
    {
        using var runs = new WrittenRuns();
        foreach (ulong seed in new[] { 1ul, 12ul })
        {
            runs.Write(WrittenRuns.Sample("a-name-that-is-quite-long-for-a-configuration", seed, epochs: 100), updated: Noon);
            runs.Write(WrittenRuns.Sample("a-name-that-is-quite-long-for-a-configuration", seed, lr: 0.012345678, epochs: 100, more: "batch_size: 17"), updated: Noon);
        }
        RunListing listing = Listing(runs, new ListingOptions());
        string[] lines = [.. ListingText.Lines(listing, 80, Noon.AddMinutes(3))];
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
        Assert.Contains("…", lines[1]);
        Assert.Contains("60.00 %  3 min ago", lines[1]);
        Assert.Equal("4 runs, data set fashion-mnist", lines[^1]);
        Assert.Contains(ListingText.Lines(listing, int.MaxValue, Noon), line => line.Contains("lr=0.012345678 batch_size=17"));
    }

    [Fact]
    public void Lines_ShowDifferentDataSets_InAColumn()
    {
        using var runs = new WrittenRuns();
        runs.Write(WrittenRuns.Sample("a"));
        runs.Write(WrittenRuns.Sample("b"), data: "embedded-garments");
        string[] lines = [.. ListingText.Lines(Listing(runs, new ListingOptions()), 80, Noon)];
        Assert.Contains("data set", lines[0]);
        Assert.Contains("embedded-garments", lines[2]);
        Assert.Equal("2 runs", lines[^1]);
    }

    [Theory]
    [InlineData(0, "now")]
    [InlineData(59, "59 s ago")]
    [InlineData(60, "1 min ago")]
    [InlineData(7199, "1 h ago")]
    [InlineData(86400, "1 d ago")]
    [InlineData(31 * 86400, "2026-01-02")]
    public void Ago_IsSaidAsPeopleDo(int seconds, string text) => Assert.Equal(text, ListingText.Ago(Noon, Noon.AddSeconds(seconds)));

    private static WrittenRuns Three()
    {
        var runs = new WrittenRuns();
        runs.Write(WrittenRuns.Sample("relu", lr: 0.1), accuracies: [0.1, 0.9], updated: Noon);
        runs.Write(WrittenRuns.Sample("relu", seed: 2, lr: 0.01), accuracies: [0.1, 0.8], updated: Noon.AddMinutes(1));
        runs.Write(WrittenRuns.Sample("deep", lr: 0.5), RunState.Diverged, accuracies: [0.1, 0.2], updated: Noon.AddMinutes(2));
        return runs;
    }

    private static RunListing Listing(WrittenRuns runs, ListingOptions options) =>
        RunListing.Of(RunCatalog.Read([runs.Root], runs.Root, withRows: false), options, runs.Root);
}
