using System.Text;
using Trainer.Catalogs;
using Trainer.Comparisons;
using Trainer.Optimizers;
using Trainer.Tests.Charts;

namespace Trainer.Tests.Comparisons;

public sealed class ComparisonPicturesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RecordedRuns _runs;

    public ComparisonPicturesTests() => _runs = new RecordedRuns(_folder["results"]);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TwoKeys_MakeAHeatMap_AndAChartOfEach()
    {
        foreach (double lr in new[] { 0.01, 0.1, 1 })
        {
            foreach (int batch in new[] { 32, 64 })
            {
                _runs.AddSeeds(FixedGroups.Config("relu", lr) with { BatchSize = batch }, 0.8 + 0.01 * lr, 0.81 + 0.01 * lr - batch / 1e4);
            }
        }
        Dictionary<string, SvgPicture> pictures = Pictures();
        Assert.Equal(["curves", "by-optimizer.lr", "by-batch_size", "heatmap"], pictures.Keys);
        Assert.Equal(6, pictures["heatmap"].Root.Descendants(SvgPicture.Svg + "rect").Count(cell => cell.Attribute("fill-opacity") is not null));
        Assert.Contains(pictures["by-optimizer.lr"].Texts, text => text.Value.Contains("logarithmic", StringComparison.Ordinal));
    }

    [Fact]
    public void MoreKeys_MakeParallelAxes()
    {
        int i = 0;
        foreach (double lr in new[] { 0.01, 0.1, 1 })
        {
            foreach (int[] hidden in new int[][] { [8], [16, 8] })
            {
                _runs.AddSeeds(FixedGroups.Config("relu", lr) with { BatchSize = 32 + i++ % 3, Model = new() { Hidden = hidden } }, 0.8 + 0.01 * i);
            }
        }
        Dictionary<string, SvgPicture> pictures = Pictures();
        Assert.Equal(["curves", "by-optimizer.lr", "by-batch_size", "parallel"], pictures.Keys);
    }

    [Fact]
    public void ManyGroupsWithLongNames_StayInsideTheCurvesPicture()
    {
        for (int i = 0; i < 12; i++)
        {
            _runs.AddSeeds(FixedGroups.Config($"a-configuration-with-a-rather-long-name-{i}", 0.1 + i), 0.8 + 0.01 * i, 0.81);
        }
        SvgPicture curves = Pictures()["curves"];
        Assert.Contains(curves.Texts, text => text.Value.Contains("The best 8 of 12", StringComparison.Ordinal));
        Assert.Equal(8, curves.OfClass("panel").First().Descendants(SvgPicture.Svg + "path").Count(path => ((string)path.Attribute("class")!).StartsWith("band", StringComparison.Ordinal)));
    }

    [Fact]
    public void OtherOptimizersAndOneEpoch_AreDrawnToo()
    {
        _runs.AddSeeds(FixedGroups.Config("sgd") with { Epochs = 1 }, 0.8);
        _runs.AddSeeds(FixedGroups.Config("adam") with { Epochs = 1, Optimizer = new Adam { Lr = 0.001 } }, 0.82);
        Assert.Contains("curves", Pictures().Keys);
    }

    private Dictionary<string, SvgPicture> Pictures()
    {
        var comparison = Comparison.Of(RunCatalog.Read([_runs.Root], _runs.Root, withRows: true));
        var pictures = new Dictionary<string, SvgPicture>();
        foreach ((string name, Action<Stream> draw) in ComparisonPictures.Of(comparison))
        {
            using var bytes = new MemoryStream();
            draw(bytes);
            pictures.Add(name, new SvgPicture(Encoding.UTF8.GetString(bytes.ToArray())));
            pictures[name].AssertEverythingIsInside();
        }
        return pictures;
    }
}
