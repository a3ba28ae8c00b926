using System.Buffers.Binary;
using System.Security.Cryptography;
using Trainer.Failures;
using Trainer.Networks;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Results;

public sealed class DigestsRecorderTests : IDisposable
{
    private static readonly MlpShape Shape = new([3, 2, 2], isNormalized: true);

    private readonly TempFolder _folder = new();

    private string Path => _folder["digests.csv"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Line_HasOfEachTensor_TheBeginningOfTheSha256_OfItsLittleEndianNumbers()
    {
        Record(new DigestsRecorder(Path, Shape), 0);
        string[] lines = File.ReadAllLines(Path);
        Assert.Equal("epoch,0.weight,0.bias,1.weight,1.bias,3.weight,3.bias,1.running_mean,1.running_var", lines[0]);
        (int From, int Count)[] tensors = [(0, 6), (6, 2), (8, 2), (10, 2), (12, 4), (16, 2), (18, 2), (20, 2)];
        Assert.Equal(["0", .. tensors.Select(tensor => Digest(Network(0).AsSpan(tensor.From, tensor.Count)))], lines[1].Split(','));
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public void ARecorder_ThatGoesOn_WritesNoEpochTwice_AndLeavesTheSameBytes()
    {
        var whole = new DigestsRecorder(Path, Shape);
        Array.ForEach([0, 1, 2, 3, 4], epoch => Record(whole, epoch));
        byte[] bytes = File.ReadAllBytes(Path);
        foreach (int kept in (int[])[bytes.Length, bytes.Length - 1, bytes.Length - 200])
        {
            // The last line may be cut off.
            File.WriteAllBytes(Path, bytes[..kept]);
            var next = new DigestsRecorder(Path, Shape);
            Assert.Null(next.Lacks(1));
            Array.ForEach([2, 3, 4], epoch => Record(next, epoch));
            next.Flush();
            Assert.Equal(bytes, File.ReadAllBytes(Path));
        }
    }

    [Fact]
    public void ARecorder_WithoutTheLinesUpToACheckpoint_CannotGoOn_AndBeginsAnew()
    {
        var recorder = new DigestsRecorder(Path, Shape);
        Assert.Equal(Path, recorder.Lacks(0));
        Array.ForEach([0, 1, 2], epoch => Record(recorder, epoch));
        byte[] bytes = File.ReadAllBytes(Path);
        var next = new DigestsRecorder(Path, Shape);
        Assert.Equal(Path, next.Lacks(3));
        Assert.Null(next.Lacks(2));
        next.Begin();
        Array.ForEach([0, 1, 2], epoch => Record(next, epoch));
        Assert.Equal(bytes, File.ReadAllBytes(Path));
    }

    [Fact]
    public void AnEpochThatIsTrainedAgain_AndComesOutOtherwise_IsNamedWithItsTensor()
    {
        var recorder = new DigestsRecorder(Path, Shape);
        Array.ForEach([0, 1, 2], epoch => Record(recorder, epoch));
        byte[] bytes = File.ReadAllBytes(Path);
        float[] network = Network(1);
        network[12] = float.BitIncrement(network[12]);
        var next = new DigestsRecorder(Path, Shape);
        Assert.Null(next.Lacks(0));
        CheckFailedException failure = Assert.Throws<CheckFailedException>(() => Record(next, 1, network));
        Assert.Matches("digests.csv: epoch 1, trained again, has another tensor 3.weight: recorded [0-9a-f]{16}, computed [0-9a-f]{16}: the program", failure.Message);
        Assert.Equal(bytes, File.ReadAllBytes(Path));
    }

    [Fact]
    public void DigestsOfAnotherNetwork_AreRefused()
    {
        Record(new DigestsRecorder(Path, Shape), 0);
        RunFailedException failure = Assert.Throws<RunFailedException>(() => new DigestsRecorder(Path, new MlpShape(3, 2, 2)).Lacks(0));
        Assert.StartsWith($"{Path}: its first line is not the header of the digests of 3-2-2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digests_RepeatToTheByte_OnEveryEngine()
    {
        using var trial = new ProgramTrial(train: 300, test: 100);
        string config = trial.SmallConfig("data: {source: embedded}", "{name: adam, lr: 0.01}");
        await trial.TrainAsync(config, "--threads", "2");
        string digests = trial.Read("digests.csv");
        Assert.Equal(4, digests.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        foreach (string[] options in (string[][])[["--threads", "1"], ["--device", "reference"]])
        {
            await trial.TrainAsync(config, ["--force", .. options]);
            Assert.Equal(digests, trial.Read("digests.csv"));
        }
    }

    private static void Record(DigestsRecorder recorder, int epoch, float[]? network = null) => recorder.OnEpoch(
        new EpochRecord(epoch, epoch, null, null, null, null, default, ""), new EpochTiming(epoch, TimeSpan.Zero, TimeSpan.Zero), network ?? Network(epoch), isBest: false);

    private static float[] Network(int epoch) => [.. Enumerable.Range(0, Shape.StoredCount).Select(k => k + (0.1f * epoch))];

    private static string Digest(Span<float> numbers)
    {
        byte[] bytes = new byte[numbers.Length * sizeof(float)];
        for (int k = 0; k < numbers.Length; k++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(k * sizeof(float)), numbers[k]);
        }
        return Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
    }
}
