using Trainer.TensorBoard;

namespace Trainer.Tests.TensorBoard;

public class Crc32CTests
{
    /// <summary>The examples of RFC 3720, appendix B.4, and the check value that catalogues of checksums give.</summary>
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0x8A9136AAu)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", 0x62A8AB43u)]
    [InlineData("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", 0x46DD794Eu)]
    [InlineData("1F1E1D1C1B1A191817161514131211100F0E0D0C0B0A09080706050403020100", 0x113FDB5Cu)]
    [InlineData("01C000000000000000000000000000001400000000000400000000140000001828000000000000000200000000000000", 0xD9963A56u)]
    [InlineData("313233343536373839", 0xE3069283u)]
    [InlineData("", 0u)]
    public void Checksum_IsThatOfTheStandard(string data, uint expected)
    {
        Assert.Equal(expected, Crc32C.Of(Convert.FromHexString(data)));
        Assert.Equal(expected, PlainCrc32C.Of(Convert.FromHexString(data)));
    }

    [Fact]
    public void Checksum_IsThatOfTheDefinition_ForEveryLength()
    {
        byte[] data = [.. Enumerable.Range(0, 258).Select(k => (byte)((k * 151) + 7))];
        for (int length = 0; length < data.Length; length++)
        {
            Assert.Equal(PlainCrc32C.Of(data.AsSpan(0, length)), Crc32C.Of(data.AsSpan(0, length)));
            Assert.Equal(PlainCrc32C.MaskedOf(data.AsSpan(0, length)), Crc32C.MaskedOf(data.AsSpan(0, length)));
        }
    }
}
