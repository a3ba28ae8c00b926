using System.Buffers.Binary;
using System.Text;
using Trainer.Failures;
using Trainer.Networks;
using Trainer.Results;

namespace Trainer.Tests.Results;

public class SafetensorsFileTests
{
    private static readonly MlpShape Shape = new(3, 2, 2);
    private static readonly float[] Parameters = [.. Enumerable.Range(0, Shape.ParameterCount).Select(k => k * 0.5f - 2)];

    [Fact]
    public void File_IsReadBackToTheBit()
    {
        using var folder = new TempFolder();
        float[] odd = [.. Parameters];
        odd[0] = float.NaN;
        odd[1] = -0f;
        odd[2] = float.Epsilon;
        SafetensorsFile.Write(folder["a.safetensors"], Shape, odd, new Dictionary<string, string> { ["note"] = "\"quoted\" ß" });
        Assert.Equal(
            odd.Select(BitConverter.SingleToInt32Bits),
            SafetensorsFile.Read(folder["a.safetensors"], Shape).Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void Metadata_IsReadBack_AndNeedNotBeThere()
    {
        using var folder = new TempFolder();
        SafetensorsFile.Write(folder["a.safetensors"], Shape, Parameters, new Dictionary<string, string> { ["note"] = "\"quoted\" ß", ["epoch"] = "3" });
        IReadOnlyDictionary<string, string> metadata = SafetensorsFile.ReadMetadata(folder["a.safetensors"]);
        Assert.Equal([("epoch", "3"), ("note", "\"quoted\" ß")], metadata.Select(entry => (entry.Key, entry.Value)).Order());
        folder.Write("b.safetensors", [2, 0, 0, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);
        Assert.Empty(SafetensorsFile.ReadMetadata(folder["b.safetensors"]));
        folder.Write("c.safetensors", [2, 0, 0, 0, 0, 0, 0, 0, (byte)'[', (byte)']']);
        Assert.Throws<RunFailedException>(() => SafetensorsFile.ReadMetadata(folder["c.safetensors"]));
        Assert.Throws<RunFailedException>(() => SafetensorsFile.ReadMetadata(folder["d.safetensors"]));
    }

    [Fact]
    public void Header_HasPytorchsNames_AndNumbersBeginAtAMultipleOfEight()
    {
        using var folder = new TempFolder();
        SafetensorsFile.Write(folder["a.safetensors"], Shape, Parameters, new Dictionary<string, string>());
        byte[] bytes = File.ReadAllBytes(folder["a.safetensors"]);
        long length = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """{"__metadata__":{},"0.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"0.bias":{"dtype":"F32","shape":[2],"data_offsets":[24,32]},"2.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[32,48]},"2.bias":{"dtype":"F32","shape":[2],"data_offsets":[48,56]}}""",
            Encoding.UTF8.GetString(bytes, 8, (int)length).TrimEnd());
        Assert.Equal(8 + length + 56, bytes.Length);
        Assert.Equal(-2f, BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(8 + (int)length)));
    }

    [Theory]
    [InlineData("", "it ends before its header")]
    [InlineData("short", "it ends before its header")]
    [InlineData("LENGTH:99999999999", "its header claims 99999999999 bytes")]
    [InlineData("LENGTH:8000000", "its header claims 8000000 bytes")]
    [InlineData("LENGTH:-1", "its header claims 18446744073709551615 bytes")]
    [InlineData("HEADER:not json", "its header cannot be read")]
    [InlineData("HEADER:[]", "its header is no JSON object")]
    [InlineData("HEADER:{\"0.weight\":{\"dtype\":\"F32\",\"shape\":[[[]]],\"data_offsets\":[0,56]}}", "its header cannot be read")]
    [InlineData("HEADER:{\"0.weight\":3}", "tensor '0.weight' has no 'dtype', 'shape' and 'data_offsets' of the right kind")]
    [InlineData("HEADER:{\"\\ud800\":3}", "its header cannot be read")]
    [InlineData("HEADER:{\"w\":{\"dtype\":\"F32\",\"shape\":[14],\"data_offsets\":[0,56]}}", "it has no tensor '0.weight'")]
    [InlineData("HEADER:{}", "the last 56 bytes belong to no tensor")]
    [InlineData("REPLACE:\"F32\"|\"I32\"", "tensor '0.weight' is I32 [2, 3], not F32 [2, 3]")]
    [InlineData("REPLACE:\"F32\"|\"F31\"", "tensor '0.weight' is F31 [2, 3], which cannot be")]
    [InlineData("REPLACE:\"F32\"|32", "tensor '0.weight' has no 'dtype', 'shape' and 'data_offsets' of the right kind")]
    [InlineData("REPLACE:[2,3]|[3,2]", "tensor '0.weight' is F32 [3, 2], not F32 [2, 3]")]
    [InlineData("REPLACE:[2,3]|[2,4]", "tensor '0.weight' has the bytes 0 to 24, and its shape takes 32")]
    [InlineData("REPLACE:[2,3]|[-2,-3]", "tensor '0.weight' is F32 [-2, -3], which cannot be")]
    [InlineData("REPLACE:[2,3]|[9223372036854775807,9223372036854775807]", "tensor '0.weight' is F32 [9223372036854775807, 9223372036854775807], which cannot be")]
    [InlineData("REPLACE:[2,3]|[2,3e0]", "tensor '0.weight' has no 'dtype', 'shape' and 'data_offsets' of the right kind")]
    [InlineData("REPLACE:[2,3]|[2,NaN]", "its header cannot be read")]
    [InlineData("REPLACE:[2,3]|[1,1,1,1,1,1,1,2,3]", "tensor '0.weight' has no 'dtype', 'shape' and 'data_offsets' of the right kind")]
    [InlineData("REPLACE:[0,24]|[0,28]", "tensor '0.weight' has the bytes 0 to 28, and its shape takes 24")]
    [InlineData("REPLACE:[0,24]|[-8,16]", "tensor '0.weight' has the bytes -8 to 16, and its shape takes 24")]
    [InlineData("REPLACE:[0,24]|[-9223372036854775808,9223372036854775807]", "tensor '0.weight' has the bytes -9223372036854775808 to 9223372036854775807, and its shape takes 24")]
    [InlineData("REPLACE:[0,24]|[24]", "tensor '0.weight' has no 'dtype', 'shape' and 'data_offsets' of the right kind")]
    [InlineData("REPLACE:[48,56]|[1048576,1048584]", "tensor '2.bias' lies outside the file")]
    [InlineData("REPLACE:[48,56]|[40,48]", "tensor '2.bias' overlaps the one before it")]
    [InlineData("REPLACE:[48,56]|[49,57]", "tensor '2.bias' lies outside the file")]
    [InlineData("REPLACE:\"2.bias\":|\"2.bias\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[48,56]},\"2.bias\":", "its header cannot be read")]
    [InlineData("REPLACE:\"0.bias\"|\"1.bias\"", "it has no tensor '0.bias'")]
    [InlineData("REPLACE:\"2.bias\"|\"4.empty\":{\"dtype\":\"U8\",\"shape\":[3,0],\"data_offsets\":[8,8]},\"2.bias\"", "tensor '4.empty' overlaps the one before it")]
    [InlineData("REPLACE:\"2.bias\"|\"4.empty\":{\"dtype\":\"U8\",\"shape\":[3,0],\"data_offsets\":[56,56]},\"2.bias\"", "tensor '4.empty' is none of it")]
    [InlineData("REPLACE:\"__metadata__\":{}|\"__metadata__\":[]", "its '__metadata__' is not text by key")]
    [InlineData("REPLACE:\"__metadata__\":{}|\"__metadata__\":{\"epoch\":3}", "its '__metadata__' is not text by key")]
    [InlineData("REPLACE:\"__metadata__\"|\"4.weight\"", "tensor '4.weight' has no 'dtype', 'shape' and 'data_offsets' of the right kind")]
    public void Read_RefusesADamagedFile_InOneLine(string damage, string problem)
    {
        using var folder = new TempFolder();
        string path = folder["a.safetensors"];
        SafetensorsFile.Write(path, Shape, Parameters, new Dictionary<string, string>());
        File.WriteAllBytes(path, Damage(File.ReadAllBytes(path), damage));
        var failure = Assert.Throws<RunFailedException>(() => SafetensorsFile.Read(path, Shape));
        Assert.EndsWith(problem, failure.Message);
        Assert.StartsWith(path, failure.Message);
        Assert.DoesNotContain('\n', failure.Message);
    }

    [Fact]
    public void Read_RefusesAFileThatIsNotThere_TooLong_OrOfAnotherNetwork()
    {
        using var folder = new TempFolder();
        string path = folder["a.safetensors"];
        Assert.Contains("cannot be read", Assert.Throws<RunFailedException>(() => SafetensorsFile.Read(path, Shape)).Message);
        SafetensorsFile.Write(path, new MlpShape(4, 2, 2), new float[new MlpShape(4, 2, 2).ParameterCount], new Dictionary<string, string>());
        Assert.Contains("3-2-2", Assert.Throws<RunFailedException>(() => SafetensorsFile.Read(path, Shape)).Message);
        File.WriteAllBytes(path, new byte[3_000_000]);
        Assert.EndsWith("its header cannot be read", Assert.Throws<RunFailedException>(() => SafetensorsFile.Read(path, Shape)).Message);
    }

    [Fact]
    public void Metadata_OfAFileThatClaimsMoreThanItHas_IsRefused_BeforeAnythingIsAllocated()
    {
        using var folder = new TempFolder();
        folder.Write("a.safetensors", [0, 0, 0x10, 0, 0, 0, 0, 0, (byte)'{', (byte)'}']);
        var failure = Assert.Throws<RunFailedException>(() => SafetensorsFile.ReadMetadata(folder["a.safetensors"]));
        Assert.EndsWith("its header claims 1048576 bytes", failure.Message);
    }

    [Fact]
    public void Header_OfTensorsOfSeveralTypes_IsReadBackAsItWasWritten()
    {
        SafetensorsTensor[] tensors =
        [
            new("step", "U64", [], 0, 8), new("none", "F32", [0, 4], 8, 0), SafetensorsTensor.OfBinary32("m.0.weight", [2, 3], 2), new("row", "I32", [5], 32, 20),
        ];
        byte[] bytes = [.. new SafetensorsHeader(tensors, new Dictionary<string, string> { ["a"] = "b" }).ToBytes(), .. new byte[52]];
        var stream = new MemoryStream(bytes);
        var header = SafetensorsHeader.Read("a.safetensors", stream);
        Assert.Equal(tensors.Select(tensor => (tensor.Name, tensor.Described, tensor.Offset, tensor.End)),
            header.Tensors.Select(tensor => (tensor.Name, tensor.Described, tensor.Offset, tensor.End)));
        Assert.Equal("b", header.Metadata["a"]);
        Assert.Equal((header.Start, 52L), (stream.Position, header.ByteCount));
    }

    private static byte[] Damage(byte[] bytes, string damage)
    {
        string[] parts = damage.Split(':', 2);
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        string header = Encoding.UTF8.GetString(bytes, 8, length);
        switch (parts[0])
        {
            case "LENGTH":
                BinaryPrimitives.WriteInt64LittleEndian(bytes, long.Parse(parts[1]));
                return bytes;
            case "HEADER":
                return WithHeader(parts[1]);
            case "REPLACE":
                string[] words = parts[1].Split('|');
                Assert.Contains(words[0], header);
                int at = header.IndexOf(words[0], StringComparison.Ordinal);
                return WithHeader(header[..at] + words[1] + header[(at + words[0].Length)..]);
            default:
                return Encoding.UTF8.GetBytes(damage);
        }

        byte[] WithHeader(string text)
        {
            byte[] replaced = new byte[8 + text.Length + bytes.Length - 8 - length];
            BinaryPrimitives.WriteInt64LittleEndian(replaced, text.Length);
            Encoding.UTF8.GetBytes(text).CopyTo(replaced, 8);
            bytes.AsSpan(8 + length).CopyTo(replaced.AsSpan(8 + text.Length));
            return replaced;
        }
    }
}
