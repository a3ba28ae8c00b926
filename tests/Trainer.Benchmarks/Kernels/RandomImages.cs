using Trainer.Data;

namespace Trainer.Benchmarks.Kernels;

/// <summary>A data set of Fashion-MNIST's shape without a zero in it, for measurements that need no pictures.</summary>
internal static class RandomImages
{
    private const int Side = 28;
    private const int Classes = 10;

    /// <summary>So many rows of it.</summary>
    public static DataSet Of(int trainRows, int testRows = 1)
    {
        var random = new Random(1);
        return new DataSet("random", "", "random pixels", Set(random, trainRows), Set(random, testRows), FashionMnist.ClassNames);
    }

    private static ImageSet Set(Random random, int rows)
    {
        byte[] pixels = new byte[rows * Side * Side];
        random.NextBytes(pixels);
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = Math.Max(pixels[i], (byte)1);
        }
        byte[] labels = new byte[rows];
        for (int row = 0; row < rows; row++)
        {
            labels[row] = (byte)random.Next(Classes);
        }
        return new ImageSet(pixels, labels, Side, Side);
    }
}
