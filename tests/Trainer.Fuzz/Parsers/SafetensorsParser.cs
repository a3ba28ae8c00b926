using System.Buffers.Binary;
using System.Text;
using Trainer.Failures;
using Trainer.Fuzz.Inputs;
using Trainer.Networks;
using Trainer.Results;

namespace Trainer.Fuzz.Parsers;

/// <summary>Files of weights.</summary>
internal sealed class SafetensorsParser : FuzzedParser
{
    private const int LengthBytes = 8;

    // A header grows by this at most when what JSON need not escape is escaped.
    private const int LongestRewritten = 600_000;

    private static readonly MlpShape[] Shapes = [new(3, 2, 2), new([3, 2, 2], isNormalized: true)];
    private static readonly string[] Names = ["0.weight", "0.bias", "2.weight", "2.bias", "3.weight", "1.weight", "1.running_mean", "1.running_var", "step", "é", "__metadata__"];

    /// <inheritdoc/>
    public override string Name => "safetensors";

    /// <inheritdoc/>
    public override string FileName => "input.safetensors";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words { get; } =
    [
        "\"__metadata__\":{\"a\":\"b\"},", "\"dtype\":\"F32\"", "\"F64\"", "\"BF16\"", "\"BOOL\"", "\"F4\"", "\"shape\":[2,3]", "\"shape\":[]", "[0]", "[-1]",
        "\"data_offsets\":[0,24]", "[24,0]", "{", "}", "[", "]", ",", ":", "\"", "\\ud800", "\\u0000", "9223372036854775807", "1e400", "null", "true", "[[[[[[",
        "\"0.weight\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},", "\"x\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},",
    ];

    /// <inheritdoc/>
    public override byte[] Generate(FuzzRandom random)
    {
        var json = new StringBuilder("{");
        long offset = 0;
        int count = random.Below(6);
        for (int k = 0; k < count; k++)
        {
            long[] sizes = [.. Enumerable.Range(0, random.Below(4)).Select(_ => random.OnceIn(20) ? (long)random.AnyMagnitude() : random.Of(0L, 1, 2, 2, 3, 3, 4))];
            (string type, int bytes) = random.Of(("F32", 4), ("F32", 4), ("F64", 8), ("I16", 2), ("BOOL", 1), ("F9", 1));
            long length = bytes;
            Array.ForEach(sizes, size => length = unchecked(length * size));
            long start = unchecked(offset + (random.OnceIn(8) ? random.Of(-4L, 4, -8, 8, (long)random.AnyMagnitude()) : 0));
            offset = unchecked(start + length + (random.OnceIn(8) ? random.Of(-4L, 4, 8, (long)random.AnyMagnitude()) : 0));
            json.Append(k == 0 ? "" : ",").Append(FormattableString.Invariant(
                $"\"{random.Of(Names)}\":{{\"dtype\":\"{type}\",\"shape\":[{string.Join(',', sizes)}],\"data_offsets\":[{start},{offset}]}}"));
        }
        byte[] head = Encoding.UTF8.GetBytes(json.Append('}').Append(' ', random.Below(8)).ToString());
        byte[] length8 = BitConverter.GetBytes((ulong)head.Length);
        int numbers = (int)Math.Clamp(unchecked(offset + (random.OnceIn(6) ? random.Of(-1, 1, 4, 100) : 0)), 0, 4096);
        return [.. length8, .. head, .. random.Bytes(numbers)];
    }

    /// <inheritdoc/>
    public override byte[] Finished(byte[] bytes, FuzzRandom random)
    {
        int end = Array.LastIndexOf(bytes, (byte)'}') + 1;
        if (random.OnceIn(3) || end <= LengthBytes)
        {
            return bytes;
        }
        byte[] mended = [.. bytes];
        BinaryPrimitives.WriteUInt64LittleEndian(mended, (ulong)(end - LengthBytes));
        return mended;
    }

    /// <inheritdoc/>
    public override IEnumerable<Action> Readings(string path) =>
    [
        () => CheckHeader(path),
        () => _ = SafetensorsFile.ReadMetadata(path),
        .. Shapes.Select<MlpShape, Action>(shape => () => CheckNumbers(path, shape)),
    ];

    /// <inheritdoc/>
    public override bool IsRefusal(TrainerException failure) => failure is RunFailedException;

    private static void CheckHeader(string path)
    {
        using FileStream file = RecordedFile.Open(path);
        var header = SafetensorsHeader.Read(path, file);
        long end = 0;
        foreach (SafetensorsTensor tensor in header.Tensors)
        {
            InconsistencyException.ThrowUnless(tensor.Offset == end && tensor.ByteCount >= 0, "the tensors do not cover the file");
            end = tensor.End;
        }
        InconsistencyException.ThrowUnless(file.Position == header.Start && header.Start + end == file.Length, "the tensors do not cover the file");
        if (header.Start > LongestRewritten)
        {
            return;
        }
        // Without its numbers, of which the file may claim gigabytes only where it has them.
        byte[] again = [.. new SafetensorsHeader(header.Tensors, header.Metadata).ToBytes(), .. new byte[end]];
        var back = SafetensorsHeader.Read("written", new MemoryStream(again));
        InconsistencyException.ThrowUnless(
            Text(back) == Text(header), "written again, it reads back as another");
    }

    private static string Text(SafetensorsHeader header) => string.Join('\n', [
        .. header.Tensors.Select(tensor => $"{tensor.Name} {tensor.Described} {tensor.Offset} {tensor.End}"), .. header.Metadata.Select(entry => $"{entry.Key}={entry.Value}")]);

    private static void CheckNumbers(string path, MlpShape shape)
    {
        float[] numbers = SafetensorsFile.Read(path, shape);
        InconsistencyException.ThrowUnless(numbers.Length == shape.StoredCount, "there are more or fewer numbers than the network has");
        string copy = path + ".written";
        SafetensorsFile.Write(copy, shape, numbers, SafetensorsFile.ReadMetadata(path));
        InconsistencyException.ThrowUnless(
            numbers.Select(BitConverter.SingleToInt32Bits).SequenceEqual(SafetensorsFile.Read(copy, shape).Select(BitConverter.SingleToInt32Bits)),
            "written again, it reads back as another");
    }
}
