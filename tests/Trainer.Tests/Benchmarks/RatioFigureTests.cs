using System.Xml.Linq;
using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Charts;
using Trainer.Benchmarks.Reports;
using Trainer.Results;

namespace Trainer.Tests.Benchmarks;

public class RatioFigureTests
{
    private static readonly MachineRecord Machine = new()
    {
        Software = new Software("1.0", null, "runtime", "system"),
        Hardware = new Hardware("processor", 2, 256, 8),
        PeakGflops = 100,
        PeakGflopsOneThread = 50,
        DataSet = "fashion-mnist",
        DataHash = "0",
        Peers = new Dictionary<string, string>(),
        Missing = new Dictionary<string, string>(),
        Started = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public void EveryMeasuredRatio_HasADot_AndAMissingPeerNone()
    {
        XDocument picture = Draw(Row("sgd", Peer.Pytorch, 3), Row("sgd", Peer.Numpy, null), Row("adam", Peer.Pytorch, 5));
        string[] values = [.. picture.Descendants().Where(node => node.Attribute("class")?.Value.StartsWith("value", StringComparison.Ordinal) == true).Select(node => node.Value)];
        Assert.Equal(["3.0x", "5.0x"], values);
    }

    [Fact]
    public void WithoutAnyPeer_ThereIsStillAPicture() => Assert.NotNull(Draw().Root);

    private static XDocument Draw(params IReadOnlyList<RatioRow> rows)
    {
        using var stream = new MemoryStream();
        RatioFigure.Write(Machine, rows, stream);
        stream.Position = 0;
        return XDocument.Load(stream);
    }

    private static RatioRow Row(string item, string peer, double? ratio) => new()
    {
        Case = item,
        Contestant = peer,
        Status = "measured",
        Unit = "s",
        Ratio = ratio,
        RatioLow = ratio - 0.5,
        RatioHigh = ratio + 0.5,
    };
}
