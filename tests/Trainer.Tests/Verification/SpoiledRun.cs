using System.Buffers.Binary;
using System.Globalization;
using Trainer.TensorBoard;

namespace Trainer.Tests.Verification;

/// <summary>Ways to spoil a run's files.</summary>
internal static class SpoiledRun
{
    /// <summary>The files that <c>SHA256SUMS</c> lists.</summary>
    public static string[] Listed(string folder) =>
        [.. File.ReadAllLines(Path.Combine(folder, "SHA256SUMS")).Select(line => line.Split("  ")[1])];

    /// <summary>As one who knows of the hashes would do it.</summary>
    public static void RemoveSums(string folder) => File.Delete(Path.Combine(folder, "SHA256SUMS"));

    /// <summary>Turns a bit of a file.</summary>
    public static void FlipBit(string folder, string name, Func<int, int> at)
    {
        string path = In(folder, name);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[at(bytes.Length)] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Changes the lines of a text file.</summary>
    public static void Lines(string folder, string name, Func<List<string>, IEnumerable<string>> change)
    {
        string path = In(folder, name);
        var lines = File.ReadAllText(path).TrimEnd('\n').Split('\n').ToList();
        File.WriteAllText(path, string.Concat(change(lines).Select(line => line + "\n")));
    }

    /// <summary>Changes a field of a line of a table; line 0 is the header.</summary>
    /// <returns>What was in it, and what is now.</returns>
    public static (string Was, string Is) Field(string folder, string name, int line, string column, Func<string, string> change)
    {
        (string was, string becomes) = ("", "");
        Lines(folder, name, lines =>
        {
            int index = lines[0].Split(',').IndexOf(column);
            string[] fields = lines[line].Split(',');
            was = fields[index];
            fields[index] = becomes = change(was);
            lines[line] = string.Join(',', fields);
            return lines;
        });
        return (was, becomes);
    }

    /// <summary>The next binary64 of a number with a point, as this program writes it; another last digit of all else.</summary>
    public static string Other(string number) => number.Contains('.')
        ? Math.BitIncrement(double.Parse(number, CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture)
        : number[..^1] + (number[^1] == '7' ? '3' : '7');

    /// <summary>Changes a text within a file, where it stands once.</summary>
    public static void Replace(string folder, string name, string text, string other)
    {
        string path = In(folder, name), all = File.ReadAllText(path);
        Assert.Equal(2, all.Split(text).Length);
        File.WriteAllText(path, all.Replace(text, other));
    }

    /// <summary>Changes a number of a file of weights.</summary>
    public static void Weight(string folder, string name, string tensor, Func<float, float> change)
    {
        string path = In(folder, name);
        byte[] bytes = File.ReadAllBytes(path);
        int start = 8 + (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        using var header = System.Text.Json.JsonDocument.Parse(bytes.AsMemory(8, start - 8));
        Span<byte> number = bytes.AsSpan(start + header.RootElement.GetProperty(tensor).GetProperty("data_offsets")[0].GetInt32(), 4);
        BinaryPrimitives.WriteSingleLittleEndian(number, change(BinaryPrimitives.ReadSingleLittleEndian(number)));
        File.WriteAllBytes(path, bytes);
    }

    /// <summary>Changes the records of an event file.</summary>
    public static void Events(string folder, Func<List<byte[]>, IEnumerable<byte[]>> change)
    {
        string path = In(folder, "tensorboard/events.out.tfevents.0.trainer");
        var records = new List<byte[]>();
        for (byte[] rest = File.ReadAllBytes(path); rest.Length > 0;)
        {
            int length = 16 + (int)BinaryPrimitives.ReadUInt64LittleEndian(rest);
            records.Add(rest[..length]);
            rest = rest[length..];
        }
        File.WriteAllBytes(path, [.. change(records).SelectMany(record => record)]);
    }

    /// <summary>A record with another byte in it and a checksum to it.</summary>
    public static byte[] OtherByte(byte[] record, int at)
    {
        byte[] data = record[12..^4];
        data[at] ^= 1;
        return EventRecord.Of(data);
    }

    public static string In(string folder, string name) => Path.Combine([folder, .. name.Split('/')]);
}
