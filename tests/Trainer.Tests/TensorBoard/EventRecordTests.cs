using Trainer.TensorBoard;

namespace Trainer.Tests.TensorBoard;

public class EventRecordTests
{
    private static readonly DateTimeOffset Noon = new(2024, 2, 29, 12, 0, 0, 250, TimeSpan.Zero);

    /// <summary>Every event file that TensorFlow writes begins with these bytes: 24 and its checksum.</summary>
    [Fact]
    public void Version_BeginsAsTensorFlowsFilesDo()
    {
        byte[] record = EventRecord.Of(EventMessage.Version(Noon));
        Assert.Equal("1800000000000000A37F4B22", Convert.ToHexString(record[..12]));
        ReadEvent read = Assert.Single(EventReader.Read(record));
        Assert.Equal(("brain.Event:2", 0L, 1709208000.25), (read.FileVersion, read.Step, read.WallTime));
        Assert.Empty(read.Values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(100_000)]
    [InlineData(long.MaxValue)]
    [InlineData(-1)]
    public void Scalars_AreReadAsTheyWereWritten(long step)
    {
        ScalarValue[] values =
        [
            new("Loss/train", 0.1), new("zero", 0), new("minus zero", -0.0), new("smallest", float.Epsilon), new("beyond", 1e300),
            new("none", double.NaN), new("λ/größe", -2.5), new(new string('x', 300), 1),
        ];
        ReadEvent read = Assert.Single(EventReader.Read(EventRecord.Of(EventMessage.Scalars(Noon, step, values))));
        Assert.Equal((null, step, 1709208000.25), (read.FileVersion, read.Step, read.WallTime));
        Assert.Equal(values.Select(value => (value.Tag, Bits((float)value.Value))), read.Values.Select(value => (value.Tag, Bits(value.Value))));
    }

    [Fact]
    public void Record_MayBeOfAnyLength()
    {
        byte[] file = [.. Enumerable.Range(0, 258).SelectMany(length => EventRecord.Of(new byte[length]))];
        Assert.Equal(258, EventRecord.Count(file));
        Assert.Equal(0, EventRecord.Count([]));
    }

    [Fact]
    public void WrongByte_IsFound_WhereverItIs()
    {
        byte[] file = TwoRecords();
        Assert.Equal(2, EventRecord.Count(file));
        for (int place = 0; place < file.Length; place++)
        {
            foreach (byte flip in (byte[])[0x01, 0x80, 0xFF])
            {
                byte[] wrong = [.. file];
                wrong[place] ^= flip;
                Assert.Null(EventRecord.Count(wrong));
                Assert.Throws<InvalidDataException>(() => EventReader.Read(wrong));
            }
        }
    }

    [Fact]
    public void CutFile_GivesTheRecordsBeforeTheCut_AndCountsAsNotWhole()
    {
        byte[] file = TwoRecords();
        int first = EventRecord.Of(EventMessage.Version(Noon)).Length;
        for (int length = 1; length < file.Length; length++)
        {
            Assert.Equal(length < first ? 0 : 1, EventReader.Read(file[..length]).Count);
            Assert.Equal(length == first ? 1 : null, EventRecord.Count(file.AsSpan(0, length)));
        }
    }

    private static byte[] TwoRecords() =>
        [.. EventRecord.Of(EventMessage.Version(Noon)), .. EventRecord.Of(EventMessage.Scalars(Noon, 1, [new("LR", 0.1)]))];

    // NaNs are equal to none, and 0 is equal to -0.
    private static int Bits(float value) => BitConverter.SingleToInt32Bits(value);
}
