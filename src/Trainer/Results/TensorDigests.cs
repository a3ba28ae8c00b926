using Trainer.Networks;
using Trainer.Runs;

namespace Trainer.Results;

/// <summary>A digest of each tensor of a network, so that a difference can be named by the tensor that it is in.</summary>
internal static class TensorDigests
{
    /// <summary>The tensors' names, as <see cref="SafetensorsFile"/> writes them.</summary>
    public static string[] NamesOf(MlpShape shape) => [.. SafetensorsFile.Tensors(shape).Select(place => place.Tensor.Name)];

    /// <summary>Of each tensor the first 16 hexadecimal digits of its SHA-256, in the order of the names.</summary>
    /// <param name="shape">Layer sizes.</param>
    /// <param name="network">All parameters, then the statistics of batch normalisations.</param>
    public static string[] Of(MlpShape shape, ReadOnlySpan<float> network)
    {
        var digests = new List<string>();
        foreach ((SafetensorsTensor tensor, int index) in SafetensorsFile.Tensors(shape))
        {
            digests.Add(ParameterDigest.Of(network.Slice(index, (int)(tensor.ByteCount / sizeof(float)))));
        }
        return [.. digests];
    }
}
