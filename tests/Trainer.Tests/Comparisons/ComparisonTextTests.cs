using Trainer.Catalogs;
using Trainer.Comparisons;
using Trainer.Results;

namespace Trainer.Tests.Comparisons;

public sealed class ComparisonTextTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(60, 1)]
    [InlineData(80, 1)]
    [InlineData(100, 2)]
    [InlineData(160, 4)]
    public void Lines_FitTheWidth_AndMoreWidthShowsMore(int width, int figures)
    {
        var runs = new RecordedRuns(_folder["results"]);
        for (int i = 0; i < 6; i++)
        {
            runs.AddSeeds(FixedGroups.Config("a-configuration-with-a-long-name", 0.123456 + i) with { BatchSize = 32 + i }, 0.8, 0.81 + 0.01 * i, 0.82);
        }
        var comparison = Comparison.Of(RunCatalog.Read([runs.Root], runs.Root, withRows: true));
        foreach (bool plain in new[] { true, false })
        {
            string[] lines = [.. new ComparisonText(width, plain).Lines(comparison)];
            Assert.All(lines, line => Assert.True(line.Length <= width, line));
            Assert.True(!plain || lines.All(line => line.All(char.IsAscii)));
            string row = lines.First(line => line.Contains("lr=5.123456", StringComparison.Ordinal) || line.Contains("batch_size=37", StringComparison.Ordinal));
            Assert.True(row.Split(plain ? '|' : '│').Length >= 4 + figures, row);
            string all = string.Join(' ', lines.Select(line => line.Trim()));
            Assert.Contains("none of the 15 pairs can be told apart, however different they are: too few seeds for any test", all, StringComparison.Ordinal);
            Assert.DoesNotContain("cannot be told apart with", all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void OfManyPairs_TenHaveALine_AndAGroupThatLostSeedsHasAMark()
    {
        var runs = new RecordedRuns(_folder["results"]);
        for (int i = 0; i < 6; i++)
        {
            runs.AddSeeds(FixedGroups.Config($"c{i}", 0.1 + i), [.. Enumerable.Range(0, 10).Select(seed => 0.8 - 0.01 * i + 0.001 * (seed * (i + 3) % 7))]);
        }
        runs.Add(FixedGroups.Config("c0", 0.1) with { Seed = 11 }, [0.1, 0.2], RunState.Diverged);
        string[] lines = [.. new ComparisonText(160, plain: false).Lines(Comparison.Of(RunCatalog.Read([runs.Root], runs.Root, withRows: true)))];
        Assert.Contains("10 of 11 !", lines.Single(line => line.StartsWith("│ c0 ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(10, lines.Count(line => line.Contains(" are different: ", StringComparison.Ordinal) || line.Contains(" cannot be told apart with ", StringComparison.Ordinal)));
        Assert.Contains("5 of 15 pairs: not tested: 1 of 11 seeds diverged of c0", lines);
    }
}
