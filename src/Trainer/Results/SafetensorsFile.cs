using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Trainer.Failures;
using Trainer.Networks;
using Trainer.Storage;

namespace Trainer.Results;

/// <summary>
/// Parameters in the safetensors format: 8 bytes with the length of a JSON header, the header, then the numbers as
/// little-endian binary32. Tensors carry the names of PyTorch's <c>nn.Sequential</c> of Linear and activation in turn:
/// layer l is <c>{2l}.weight</c>, [out, in], and <c>{2l}.bias</c>. Where a BatchNorm1d stands between them, the layer is number 3l
/// and its normalisation 3l + 1, with <c>weight</c>, <c>bias</c>, <c>running_mean</c> and <c>running_var</c>.
/// </summary>
internal static class SafetensorsFile
{
    private const int LengthBytes = 8;
    private const int LongestHeader = 1 << 20;
    private const string MetadataKey = "__metadata__";
    private const string Binary32 = "F32";

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
        byte[] header = Header(Tensors(shape).Where(tensor => tensor.Offset < length), metadata);
        AtomicFile.Write(path, MemoryMarshal.AsBytes(parameters), (stream, numbers) =>
        {
            Span<byte> headerLength = stackalloc byte[LengthBytes];
            BinaryPrimitives.WriteInt64LittleEndian(headerLength, header.Length);
            stream.Write(headerLength);
            stream.Write(header);
            stream.Write(numbers);
        });
    }

    /// <summary>Reads the parameters of a network of this shape, and the statistics of its batch normalisations behind them.</summary>
    /// <exception cref="RunFailedException">The file is not there, not of this format, or of another network.</exception>
    public static float[] Read(string path, MlpShape shape)
    {
        byte[] bytes;
        try
        {
            long expected = LengthBytes + LongestHeader + (long)shape.StoredCount * sizeof(float);
            long length = new FileInfo(path).Length;
            bytes = length <= expected ? File.ReadAllBytes(path) : throw Broken(path, $"{length} bytes are too many for {shape}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be read: {failure.Message}", failure);
        }
        if (bytes.Length < LengthBytes)
        {
            throw Broken(path, "it ends before its header");
        }
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (headerLength > (ulong)Math.Min(LongestHeader, bytes.Length - LengthBytes))
        {
            throw Broken(path, $"its header claims {headerLength} bytes");
        }
        int start = LengthBytes + (int)headerLength;
        float[] parameters = new float[shape.StoredCount];
        if (bytes.Length - start != parameters.Length * sizeof(float))
        {
            throw Broken(path, $"{bytes.Length - start} bytes of numbers are not the {parameters.Length * sizeof(float)} of {shape}");
        }
        try
        {
            using var header = JsonDocument.Parse(bytes.AsMemory(LengthBytes, (int)headerLength));
            ReadTensors(path, header.RootElement, shape, bytes.AsSpan(start), parameters);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw new RunFailedException($"{path}: not a safetensors file of {shape}: its header cannot be read", failure);
        }
        return parameters;
    }

    /// <summary>Reads the free text of a file that <see cref="Read"/> has read; none where it has none.</summary>
    /// <exception cref="RunFailedException">The file is not there or not of this format.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            byte[] length = new byte[LengthBytes];
            file.ReadExactly(length);
            byte[] bytes = new byte[Math.Min(LongestHeader, BinaryPrimitives.ReadUInt64LittleEndian(length))];
            file.ReadExactly(bytes);
            using var header = JsonDocument.Parse(bytes);
            return header.RootElement.TryGetProperty(MetadataKey, out JsonElement metadata)
                ? metadata.EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString() ?? "")
                : [];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be read: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new RunFailedException($"{path}: not a safetensors file: its header cannot be read", failure);
        }
    }

    /// <summary>The tensors of a network, in order: name, shape, and where they lie in the flat vector.</summary>
    private static IEnumerable<(string Name, int[] Shape, int Offset, int Count)> Tensors(MlpShape shape)
    {
        int modules = shape.StatisticsCount > 0 ? 3 : 2;
        foreach (ParameterGroup group in shape.Groups)
        {
            (DenseLayer layer, int outputs) = (group.Layer, group.Layer.Outputs);
            int module = modules * layer.Index + (group.Kind is ParameterKind.Scale or ParameterKind.Shift ? 1 : 0);
            bool isWeight = group.Kind is ParameterKind.Weight or ParameterKind.Scale;
            int[] sizes = group.Kind == ParameterKind.Weight ? [outputs, layer.Inputs] : [outputs];
            yield return ($"{module}.{(isWeight ? "weight" : "bias")}", sizes, group.Offset, group.Count);
        }
        foreach (DenseLayer layer in shape.Layers.Where(layer => layer.IsNormalized))
        {
            int at = shape.ParameterCount + layer.StatisticsOffset;
            yield return ($"{modules * layer.Index + 1}.running_mean", [layer.Outputs], at, layer.Outputs);
            yield return ($"{modules * layer.Index + 1}.running_var", [layer.Outputs], at + layer.Outputs, layer.Outputs);
        }
    }

    private static byte[] Header(
        IEnumerable<(string Name, int[] Shape, int Offset, int Count)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach ((string key, string value) in metadata)
            {
                json.WriteString(key, value);
            }
            json.WriteEndObject();
            foreach ((string name, int[] sizes, int offset, int count) in tensors)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", Binary32);
                WriteNumbers(json, "shape", [.. sizes.Select(size => (long)size)]);
                WriteNumbers(json, "data_offsets", [(long)offset * sizeof(float), ((long)offset + count) * sizeof(float)]);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // Spaces up to a multiple of eight, so that the numbers are aligned.
        while (stream.Length % LengthBytes != 0)
        {
            stream.WriteByte((byte)' ');
        }
        return stream.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string key, long[] numbers)
    {
        json.WriteStartArray(key);
        Array.ForEach(numbers, json.WriteNumberValue);
        json.WriteEndArray();
    }

    private static void ReadTensors(string path, JsonElement header, MlpShape shape, ReadOnlySpan<byte> numbers, float[] parameters)
    {
        var found = header.EnumerateObject().Where(entry => entry.Name != MetadataKey).ToDictionary(entry => entry.Name, entry => entry.Value);
        foreach ((string name, int[] sizes, int offset, int count) in Tensors(shape))
        {
            if (!found.Remove(name, out JsonElement tensor))
            {
                throw Broken(path, $"it has no tensor '{name}'");
            }
            long[] actual = [.. tensor.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
            long[] range = [.. tensor.GetProperty("data_offsets").EnumerateArray().Select(end => end.GetInt64())];
            if (tensor.GetProperty("dtype").GetString() != Binary32 || !actual.SequenceEqual(sizes.Select(size => (long)size)))
            {
                throw Broken(path, $"tensor '{name}' is not {Binary32} [{string.Join(", ", sizes)}]");
            }
            if (range is not [var from, var to] || from < 0 || to > numbers.Length || to - from != (long)count * sizeof(float))
            {
                throw Broken(path, $"tensor '{name}' lies outside the file");
            }
            ReadOnlySpan<byte> source = numbers[(int)from..(int)to];
            for (int k = 0; k < count; k++)
            {
                parameters[offset + k] = BinaryPrimitives.ReadSingleLittleEndian(source[(k * sizeof(float))..]);
            }
        }
        if (found.Count > 0)
        {
            throw Broken(path, $"tensor '{found.Keys.First()}' is none of {shape}");
        }
    }

    private static RunFailedException Broken(string path, string problem) =>
        new($"{path}: not a safetensors file of this network: {problem}");
}
