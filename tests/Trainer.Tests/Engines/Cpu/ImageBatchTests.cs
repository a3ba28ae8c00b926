using Trainer.Data;
using Trainer.Engines.Cpu;

namespace Trainer.Tests.Engines.Cpu;

public unsafe class ImageBatchTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(63, 64)]
    [InlineData(64, 65)]
    [InlineData(65, 130)]
    [InlineData(784, 100)]
    public void PixelsAndMasks_AreThoseOfTheRows(int inputs, int count)
    {
        Split data = Images(inputs, count + 20);
        int[] rows = Rows(data, count);
        var batch = new ImageBatch(inputs, count);
        batch.Gather(data, rows, 0, count);
        batch.Transpose(count, 0, batch.Words);
        for (int b = 0; b < count; b++)
        {
            Assert.Equal(data.Label(rows[b]), batch.Labels[b]);
            for (int i = 0; i < inputs; i++)
            {
                (int word, int bit) = Math.DivRem(i, ImageBatch.Block);
                byte pixel = data.Pixels(rows[b])[i];
                Assert.Equal(pixel, batch.Bytes(word, b)[bit]);
                Assert.Equal(pixel != 0, (batch.RowMasks(word)[b] >> bit & 1) != 0);
                Assert.Equal(pixel != 0, (batch.InputMasks(word, b & ~63)[bit] >> (b & 63) & 1) != 0);
            }
        }
    }

    [Fact]
    public void RowsOfALargerBatchBefore_LeaveNoTrace()
    {
        Split data = Images(70, 200);
        var batch = new ImageBatch(70, 100);
        batch.Gather(data, Rows(data, 100), 0, 100);
        batch.Gather(data, Rows(data, 7), 0, 7);
        batch.Transpose(7, 0, batch.Words);
        for (int word = 0; word < batch.Words; word++)
        {
            for (int bit = 0; bit < ImageBatch.Block; bit++)
            {
                Assert.Equal(0UL, batch.InputMasks(word, 0)[bit] >> 7);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(191)]
    public void Order_HasEveryRowOnce(int count)
    {
        Split data = Images(784, 200);
        var batch = new ImageBatch(784, count);
        batch.Gather(data, Rows(data, count), 0, count);
        Assert.Equal(Enumerable.Range(0, count), new Span<int>(batch.Order, count).ToArray().Order());
    }

    [Fact]
    public void Neighbours_AreAlike()
    {
        // Every other image is dark on the left half of its rows, the rest on the right.
        byte[] pixels = [.. Enumerable.Range(0, 64).SelectMany(image => Enumerable.Range(0, 784).Select(
            i => (byte)(i % 28 < 14 == (image % 2 == 0) ? 0 : 1 + image)))];
        var data = new Split(new ImageSet(pixels, new byte[64], 28, 28));
        var batch = new ImageBatch(784, 64);
        batch.Gather(data, [.. Enumerable.Range(0, 64)], 0, 64);
        for (int k = 0; k < 64; k += 2)
        {
            Assert.Equal(batch.Order[k] % 2, batch.Order[k + 1] % 2);
        }
    }

    private static int[] Rows(Split data, int count)
    {
        int[] rows = [.. Enumerable.Range(0, data.Count)];
        new Random(5).Shuffle(rows);
        return rows[..count];
    }

    private static Split Images(int inputs, int count)
    {
        var random = new Random(inputs);
        byte[] pixels = new byte[inputs * count];
        for (int k = 0; k < pixels.Length; k++)
        {
            pixels[k] = (byte)(random.Next(2) * random.Next(256));
        }
        byte[] labels = new byte[count];
        random.NextBytes(labels);
        return new Split(new ImageSet(pixels, labels, 1, inputs));
    }
}
