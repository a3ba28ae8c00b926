using System.Globalization;
using Trainer.Failures;
using Trainer.Networks;

namespace Trainer.Results;

/// <summary><c>digests.csv</c>: a line an epoch, a column a tensor. Like the metrics it repeats to the byte.</summary>
internal static class DigestsFile
{
    private const string Epoch = "epoch";

    /// <summary>The header for a network.</summary>
    public static string[] Header(MlpShape shape) => [Epoch, .. TensorDigests.NamesOf(shape)];

    /// <summary>The line of an epoch.</summary>
    public static string[] Line(int epoch, MlpShape shape, ReadOnlySpan<float> network) =>
        [epoch.ToString(CultureInfo.InvariantCulture), .. TensorDigests.Of(shape, network)];

    /// <summary>The whole lines of a file, without its header.</summary>
    /// <exception cref="RunFailedException">It cannot be read, or is of another network.</exception>
    public static IReadOnlyList<string[]> Read(string path, MlpShape shape)
    {
        IReadOnlyList<string[]> lines = CsvFile.ReadText(path);
        string[] header = Header(shape);
        if (lines.Count == 0 || !lines[0].SequenceEqual(header))
        {
            throw new RunFailedException($"{path}: its first line is not the header of the digests of {shape}: {string.Join(',', header)}");
        }
        return [.. lines.Skip(1)];
    }
}
