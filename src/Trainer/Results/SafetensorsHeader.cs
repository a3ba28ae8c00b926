using System.Buffers.Binary;
using System.Text.Json;
using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Results;

/// <summary>
/// The head of a safetensors file: 8 bytes with the length of a JSON object, low byte first, then the object, which says of
/// each tensor its type, its shape and where its bytes lie behind the head, and may hold free text under <c>__metadata__</c>.
/// </summary>
/// <remarks>A head that has been read is consistent: every tensor's bytes are as many as its type and shape take, and the tensors
/// cover all that is behind the head, each byte once. Nothing is allocated that the file is not long enough for.</remarks>
internal sealed class SafetensorsHeader
{
    private const int LengthBytes = 8;
    private const string MetadataKey = "__metadata__";
    private const string TypeKey = "dtype";
    private const string SizesKey = "shape";
    private const string RangeKey = "data_offsets";

    // Of a network of 784-128-64-10 it has 600 bytes, of one with a thousand layers 200 KB.
    private const int LongestHeader = 1 << 22;

    // PyTorch's own limit is 64; nobody here has more than two.
    private const int MostSizes = 8;

    // The object, a tensor, its list of sizes: nothing in a head is nested deeper.
    private const int Depth = 3;

    /// <summary>The head of a file with these tensors behind it, in this order and without gaps.</summary>
    public SafetensorsHeader(IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata)
        : this(tensors, metadata, 0)
    {
    }

    private SafetensorsHeader(IReadOnlyList<SafetensorsTensor> tensors, IReadOnlyDictionary<string, string> metadata, long start)
    {
        (Tensors, Metadata, Start) = (tensors, metadata, start);
    }

    /// <summary>The tensors, as they lie in the file.</summary>
    public IReadOnlyList<SafetensorsTensor> Tensors { get; }

    /// <summary>Free text by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Where in the file that was read the numbers begin.</summary>
    public long Start { get; }

    /// <summary>How many bytes of numbers there are.</summary>
    public long ByteCount => Tensors.Count == 0 ? 0 : Tensors[^1].End;

    /// <summary>Reads the head of a file; the numbers begin at the stream's position then.</summary>
    /// <param name="path">Named in refusals.</param>
    /// <param name="file">The file from its beginning, one that knows its length.</param>
    /// <exception cref="RunFailedException">It is not of this format, or its head and what is behind it do not fit together.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SafetensorsHeader Read(string path, Stream file)
    {
        if (file.Length < LengthBytes)
        {
            throw Broken(path, "it ends before its header");
        }
        Span<byte> first = stackalloc byte[LengthBytes];
        file.ReadExactly(first);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(first);
        if (length > (ulong)Math.Min(LongestHeader, file.Length - LengthBytes))
        {
            throw Broken(path, $"its header claims {length} bytes");
        }
        byte[] text = new byte[length];
        file.ReadExactly(text);
        long start = LengthBytes + (long)length;
        try
        {
            var options = new JsonDocumentOptions { MaxDepth = Depth, AllowDuplicateProperties = false };
            using var json = JsonDocument.Parse(text, options);
            return Parsed(path, json.RootElement, start, file.Length - start);
        }
        // Half of a surrogate pair in a name is text to JSON, and none to .NET.
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new RunFailedException($"{path}: not a safetensors file: its header cannot be read", failure);
        }
    }

    /// <summary>The head as it stands in a file.</summary>
    /// <exception cref="ArgumentException">It would be too long to be read again.</exception>
    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        stream.Write(stackalloc byte[LengthBytes]);
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteStartObject(MetadataKey);
            foreach ((string key, string value) in Metadata)
            {
                json.WriteString(key, value);
            }
            json.WriteEndObject();
            foreach (SafetensorsTensor tensor in Tensors)
            {
                json.WriteStartObject(tensor.Name);
                json.WriteString(TypeKey, tensor.Type);
                WriteNumbers(json, SizesKey, tensor.Sizes);
                WriteNumbers(json, RangeKey, [tensor.Offset, tensor.End]);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // Spaces up to a multiple of eight, so that the numbers are aligned.
        while (stream.Length % LengthBytes != 0)
        {
            stream.WriteByte((byte)' ');
        }
        byte[] bytes = stream.ToArray();
        if (bytes.Length - LengthBytes > LongestHeader)
        {
            throw new ArgumentException($"{Tensors.Count} tensors are too many for the header of a safetensors file");
        }
        BinaryPrimitives.WriteInt64LittleEndian(bytes, bytes.Length - LengthBytes);
        return bytes;
    }

    private static void WriteNumbers(Utf8JsonWriter json, string key, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(key);
        foreach (long number in numbers)
        {
            json.WriteNumberValue(number);
        }
        json.WriteEndArray();
    }

    private static SafetensorsHeader Parsed(string path, JsonElement json, long start, long byteCount)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Broken(path, "its header is no JSON object");
        }
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var tensors = new List<SafetensorsTensor>();
        foreach (JsonProperty entry in json.EnumerateObject())
        {
            if (entry.Name == MetadataKey)
            {
                ReadMetadata(path, entry.Value, metadata);
            }
            else
            {
                tensors.Add(Tensor(path, entry.Name, entry.Value));
            }
        }
        // Empty tensors before the one that begins at the same place.
        tensors.Sort((a, b) => (a.Offset, a.End).CompareTo((b.Offset, b.End)));
        CheckCover(path, tensors, byteCount);
        return new SafetensorsHeader(tensors, metadata, start);
    }

    private static void ReadMetadata(string path, JsonElement json, Dictionary<string, string> metadata)
    {
        if (json.ValueKind != JsonValueKind.Object || json.EnumerateObject().Any(entry => entry.Value.ValueKind != JsonValueKind.String))
        {
            throw Broken(path, $"its '{MetadataKey}' is not text by key");
        }
        foreach (JsonProperty entry in json.EnumerateObject())
        {
            metadata.Add(entry.Name, entry.Value.GetString()!);
        }
    }

    private static SafetensorsTensor Tensor(string path, string name, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty(TypeKey, out JsonElement type) || type.ValueKind != JsonValueKind.String
            || !json.TryGetProperty(SizesKey, out JsonElement shape) || Numbers(shape) is not { Length: <= MostSizes } sizes
            || !json.TryGetProperty(RangeKey, out JsonElement ends) || Numbers(ends) is not [var from, var to])
        {
            throw Broken(path, $"tensor '{Excerpt.Of(name)}' has no '{TypeKey}', '{SizesKey}' and '{RangeKey}' of the right kind");
        }
        if (SafetensorsTensor.BytesOf(type.GetString()!, sizes) is not { } bytes)
        {
            throw Broken(path, $"tensor '{Excerpt.Of(name)}' is {Excerpt.Of(type.GetString()!)} [{string.Join(", ", sizes)}], which cannot be");
        }
        // The second of the three comparisons keeps the difference from overflowing.
        if (from < 0 || to < from || to - from != bytes)
        {
            throw Broken(path, $"tensor '{Excerpt.Of(name)}' has the bytes {from} to {to}, and its shape takes {bytes}");
        }
        return new SafetensorsTensor(name, type.GetString()!, sizes, from, bytes);
    }

    /// <summary>The whole numbers of a list; null where it is none, or there is something else in it.</summary>
    private static long[]? Numbers(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MostSizes)
        {
            return null;
        }
        var numbers = new List<long>();
        foreach (JsonElement item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out long number))
            {
                return null;
            }
            numbers.Add(number);
        }
        return [.. numbers];
    }

    /// <summary>Each byte behind the head belongs to one tensor.</summary>
    private static void CheckCover(string path, List<SafetensorsTensor> tensors, long byteCount)
    {
        long end = 0;
        foreach (SafetensorsTensor tensor in tensors)
        {
            string name = Excerpt.Of(tensor.Name);
            if (tensor.End > byteCount)
            {
                throw Broken(path, $"tensor '{name}' lies outside the file");
            }
            if (tensor.Offset != end)
            {
                throw Broken(path, tensor.Offset < end
                    ? $"tensor '{name}' overlaps the one before it"
                    : $"the {tensor.Offset - end} bytes before tensor '{name}' belong to none");
            }
            end = tensor.End;
        }
        if (end != byteCount)
        {
            throw Broken(path, $"the last {byteCount - end} bytes belong to no tensor");
        }
    }

    private static RunFailedException Broken(string path, string problem) => new($"{path}: not a safetensors file: {problem}");
}
