using Trainer.Failures;
using Trainer.Results;

namespace Trainer.Tests.Results;

public sealed class MetricsFileTests : IDisposable
{
    private const string Header = "epoch,step,lr,running_loss,running_accuracy,train_loss,train_accuracy,val_loss,val_accuracy,test_loss,test_accuracy,digest\n";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_AreThoseOfTheGeneralReader_ToTheBit()
    {
        string path = _folder["metrics.csv"];
        CsvFile.Write(path, Enumerable.Range(0, 300).Select(i => new MetricsRow
        {
            Epoch = i,
            Step = 60_000L * i,
            Lr = i % 3 == 0 ? null : Math.Pow(10, -i),
            RunningLoss = 1.0 / (i + 3),
            TrainLoss = Math.PI * Math.Pow(7, i - 150),
            ValAccuracy = i / 7.0,
            TestLoss = i == 5 ? double.PositiveInfinity : i == 6 ? double.NaN : -i * 0.1,
            TestAccuracy = 1e-300 / (i + 1),
            Digest = i % 5 == 0 ? null : "0123456789abcdef",
        }));
        Assert.Equal(CsvFile.Read<MetricsRow>(path), MetricsFile.Read(path));
        Assert.Equal(300, MetricsFile.Read(path).Count);
    }

    [Theory]
    [InlineData("1,938,0.1,,,,,,,0.5,0.8,\"ab\"\n")]
    [InlineData("1,938,0.1,,,,,,,0.5,0.8,ab\n2,1876,0.1")]
    [InlineData("")]
    public void UnusualButGoodLines_AreReadToo(string lines)
    {
        string path = _folder.Write("metrics.csv", Header + lines);
        Assert.Equal(CsvFile.Read<MetricsRow>(path), MetricsFile.Read(path));
    }

    [Theory]
    [InlineData(Header + "1,938,0.1,,,,,,,0.5,0.8\n", "(2)")]
    [InlineData(Header + "1,938,0.1,,,,,,,half,0.8,ab\n", "(2)")]
    [InlineData("nonsense\n1\n", "header")]
    public void BadLines_AreNamed(string text, string expected)
    {
        string path = _folder.Write("metrics.csv", text);
        RunFailedException failure = Assert.Throws<RunFailedException>(() => MetricsFile.Read(path));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(Assert.Throws<RunFailedException>(() => CsvFile.Read<MetricsRow>(path)).Message, failure.Message);
        Assert.Throws<RunFailedException>(() => MetricsFile.Read(_folder["absent.csv"]));
    }
}
