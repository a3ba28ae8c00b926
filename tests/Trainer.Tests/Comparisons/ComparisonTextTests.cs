using Trainer.Catalogs;
using Trainer.Comparisons;

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
            Assert.Contains(lines, line => line.Contains("of 15 pairs, 0 are different", StringComparison.Ordinal));
        }
    }
}
