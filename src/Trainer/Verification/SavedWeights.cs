using Trainer.Networks;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Verification;

/// <summary>A file of weights, read.</summary>
/// <param name="Path">The file.</param>
/// <param name="Digest">The digest of all its numbers.</param>
/// <param name="Tensors">The digest of each tensor.</param>
/// <param name="Metadata">The text that travels with them.</param>
internal sealed record SavedWeights(string Path, string Digest, string[] Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The epoch that the file says it is of; null where it says none.</summary>
    public int? Epoch => Metadata.TryGetValue("epoch", out string? text) && int.TryParse(text, out int epoch) ? epoch : null;

    /// <summary>Reads a file.</summary>
    /// <exception cref="Failures.RunFailedException">It is not there, or not of this network.</exception>
    public static SavedWeights Read(string path, MlpShape shape)
    {
        float[] network = SafetensorsFile.Read(path, shape);
        return new SavedWeights(path, ParameterDigest.Of(network), TensorDigests.Of(shape, network), SafetensorsFile.ReadMetadata(path));
    }
}
