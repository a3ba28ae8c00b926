using System.Runtime.InteropServices;
using Trainer.Failures;
using Trainer.Networks;
using Trainer.Storage;
using Trainer.Yaml;

namespace Trainer.Results;

/// <summary>
/// Parameters in the safetensors format: a <see cref="SafetensorsHeader"/>, then the numbers as little-endian binary32. Tensors
/// carry the names of PyTorch's <c>nn.Sequential</c> of Linear and activation in turn: layer l is <c>{2l}.weight</c>, [out, in], and
/// <c>{2l}.bias</c>. Where a BatchNorm1d stands between them, the layer is number 3l and its normalisation 3l + 1, with
/// <c>weight</c>, <c>bias</c>, <c>running_mean</c> and <c>running_var</c>.
/// </summary>
internal static class SafetensorsFile
{
    /// <summary>Writes <paramref name="parameters"/>, in the order of <paramref name="shape"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="shape">Layer sizes.</param>
    /// <param name="parameters">All weights and biases; the statistics of batch normalisations may follow.</param>
    /// <param name="metadata">Free text that travels with them.</param>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public static void Write(
        string path, MlpShape shape, ReadOnlySpan<float> parameters, IReadOnlyDictionary<string, string> metadata)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("safetensors files are made of little-endian numbers");
        }
        int length = parameters.Length;
        SafetensorsTensor[] tensors = [.. Tensors(shape).Where(place => place.Index < length).Select(place => place.Tensor)];
        byte[] header = new SafetensorsHeader(tensors, metadata).ToBytes();
        AtomicFile.Write(path, MemoryMarshal.AsBytes(parameters), (stream, numbers) =>
        {
            stream.Write(header);
            stream.Write(numbers);
        });
    }

    /// <summary>Reads the parameters of a network of this shape, and the statistics of its batch normalisations behind them.</summary>
    /// <exception cref="RunFailedException">The file is not there, not of this format, or of another network.</exception>
    public static float[] Read(string path, MlpShape shape)
    {
        try
        {
            using FileStream file = RecordedFile.Open(path);
            var header = SafetensorsHeader.Read(path, file);
            IReadOnlyDictionary<SafetensorsTensor, int> places = Places(path, header, shape);
            float[] parameters = new float[shape.StoredCount];
            // In the order of the file, so that it is read once from its beginning to its end.
            foreach (SafetensorsTensor tensor in header.Tensors)
            {
                Span<float> numbers = parameters.AsSpan(places[tensor], (int)(tensor.ByteCount / sizeof(float)));
                file.ReadExactly(MemoryMarshal.AsBytes(numbers));
            }
            return parameters;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>The bytes of all numbers of a file, whatever its tensors are.</summary>
    /// <exception cref="RunFailedException">The file is not there or not of this format.</exception>
    public static byte[] Numbers(string path)
    {
        try
        {
            using FileStream file = RecordedFile.Open(path);
            byte[] numbers = new byte[SafetensorsHeader.Read(path, file).ByteCount];
            file.ReadExactly(numbers);
            return numbers;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Reads the free text of a file that <see cref="Read"/> has read; none where it has none.</summary>
    /// <exception cref="RunFailedException">The file is not there or not of this format.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        try
        {
            using FileStream file = RecordedFile.Open(path);
            return SafetensorsHeader.Read(path, file).Metadata;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Where in the flat vector each tensor of the file belongs; the file has all tensors of the network and no other, so
    /// that it has room for all that is allocated for them.</summary>
    private static Dictionary<SafetensorsTensor, int> Places(string path, SafetensorsHeader header, MlpShape shape)
    {
        var found = header.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var places = new Dictionary<SafetensorsTensor, int>(ReferenceEqualityComparer.Instance);
        foreach ((SafetensorsTensor expected, int index) in Tensors(shape))
        {
            if (!found.Remove(expected.Name, out SafetensorsTensor? tensor))
            {
                throw Broken(path, shape, $"it has no tensor '{expected.Name}'");
            }
            if (!tensor.IsLike(expected))
            {
                throw Broken(path, shape, $"tensor '{tensor.Name}' is {tensor.Described}, not {expected.Described}");
            }
            places.Add(tensor, index);
        }
        return found.Count == 0 ? places : throw Broken(path, shape, $"tensor '{Excerpt.Of(found.Keys.First())}' is none of it");
    }

    /// <summary>The tensors of a network, in order, and where in the flat vector each begins.</summary>
    internal static IEnumerable<(SafetensorsTensor Tensor, int Index)> Tensors(MlpShape shape)
    {
        int modules = shape.StatisticsCount > 0 ? 3 : 2;
        foreach (ParameterGroup group in shape.Groups)
        {
            (DenseLayer layer, int outputs) = (group.Layer, group.Layer.Outputs);
            int module = modules * layer.Index + (group.Kind is ParameterKind.Scale or ParameterKind.Shift ? 1 : 0);
            bool isWeight = group.Kind is ParameterKind.Weight or ParameterKind.Scale;
            int[] sizes = group.Kind == ParameterKind.Weight ? [outputs, layer.Inputs] : [outputs];
            yield return Of($"{module}.{(isWeight ? "weight" : "bias")}", sizes, group.Offset);
        }
        foreach (DenseLayer layer in shape.Layers.Where(layer => layer.IsNormalized))
        {
            int at = shape.ParameterCount + layer.StatisticsOffset;
            yield return Of($"{modules * layer.Index + 1}.running_mean", [layer.Outputs], at);
            yield return Of($"{modules * layer.Index + 1}.running_var", [layer.Outputs], at + layer.Outputs);
        }
    }

    private static (SafetensorsTensor, int) Of(string name, int[] sizes, int index) =>
        (SafetensorsTensor.OfBinary32(name, sizes, index), index);

    private static RunFailedException Broken(string path, MlpShape shape, string problem) =>
        new($"{path}: not a safetensors file of a network {shape}: {problem}");
}
