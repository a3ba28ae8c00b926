using Trainer.Data;

namespace Trainer.Tests.Data;

public class EmbeddedGarmentsTests
{
    // Part of the format: results that were published with these pictures must stay repeatable.
    private const string FullHash = "10411c1efbe5c88cced2a3385d748500b9b2150a8af7ea444741d3b92738f9ee";
    private const string SmallHash = "a3dace619830653ad2c1d6d419af6cec852189248603735cf91ff5b6684adb68";

    private static readonly Lazy<DataSet> Some = new(() => EmbeddedGarments.Draw(4000, 1000));

    [Fact]
    public void Draw_GivesThePinnedBytes_OfTheWholeSet() => Assert.Equal(FullHash, EmbeddedGarments.Draw().Hash);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Draw_GivesThePinnedBytes_OnAnyNumberOfThreads(int threads) =>
        Assert.Equal(SmallHash, EmbeddedGarments.Draw(1500, 400, 1, threads).Hash);

    [Fact]
    public void Draw_GivesOtherPictures_ForAnotherSeed()
    {
        DataSet one = EmbeddedGarments.Draw(300, 10, 1), two = EmbeddedGarments.Draw(300, 10, 2);
        Assert.NotEqual(one.Train.Labels, two.Train.Labels);
        Assert.Empty(Pictures(one.Train).Intersect(Pictures(two.Train)));
        Assert.NotEqual(one.Hash, two.Hash);

        // The high half of the seed counts too.
        Assert.NotEqual(one.Hash, EmbeddedGarments.Draw(300, 10, 1 + (1ul << 32)).Hash);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1234, 321)]
    public void Draw_GivesABeginningOfTheLargerSet(int trainCount, int testCount)
    {
        DataSet small = EmbeddedGarments.Draw(trainCount, testCount);
        AssertBeginning(small.Train, trainCount, Some.Value.Train);
        AssertBeginning(small.Test, testCount, Some.Value.Test);

        static void AssertBeginning(ImageSet small, int count, ImageSet large)
        {
            Assert.Equal(count, small.Count);
            Assert.Equal(large.Labels[..count], small.Labels);
            Assert.Equal(large.Pixels[..(count * large.PixelsPerImage)], small.Pixels);
        }
    }

    [Theory]
    [InlineData(0, 1, "trainCount")]
    [InlineData(-1, 1, "trainCount")]
    [InlineData(60_001, 1, "trainCount")]
    [InlineData(1, 0, "testCount")]
    [InlineData(1, 10_001, "testCount")]
    public void Draw_RefusesACount_OutsideItsRange(int trainCount, int testCount, string parameter)
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => EmbeddedGarments.Draw(trainCount, testCount));
        Assert.Equal(parameter, refusal.ParamName);
    }

    [Fact]
    public void Draw_SaysWhatItIs()
    {
        DataSet garments = EmbeddedGarments.Draw(20, 10, 7);
        Assert.Equal("embedded-garments", garments.Name);
        Assert.Equal("drawn from seed 7", garments.Origin);
        Assert.Equal(IdxHash.Of(garments.Train, garments.Test), garments.Hash);
        Assert.Equal((28, 28), (garments.Train.Rows, garments.Train.Columns));
        Assert.Equal((28, 28), (garments.Test.Rows, garments.Test.Columns));
        Assert.Equal(
            ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
            garments.ClassNames);
    }

    [Fact]
    public void Labels_HoldEachClassOnce_InEveryTen()
    {
        foreach (byte[] ten in Some.Value.Train.Labels.Chunk(10).Concat(Some.Value.Test.Labels.Chunk(10)))
        {
            Assert.Equal((byte[])[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], ten.Order());
        }
    }

    [Fact]
    public void Labels_AreInRandomOrder()
    {
        // Each of the 10 · 10 pairs (place in its ten, class) is binomial: 400 tens, probability 1/10.
        int[] counts = new int[100];
        byte[] labels = Some.Value.Train.Labels;
        for (int k = 0; k < labels.Length; k++)
        {
            counts[k % 10 * 10 + labels[k]]++;
        }
        double fiveDeviations = 5 * Math.Sqrt(400 * 0.1 * 0.9);
        Assert.All(counts, count => Assert.InRange(count, 40 - fiveDeviations, 40 + fiveDeviations));
        Assert.Equal(400, labels.Chunk(10).Select(Convert.ToHexString).Distinct().Count());
    }

    [Fact]
    public void Pictures_AreAllDifferent() =>
        Assert.Equal(5000, Pictures(Some.Value.Train).Concat(Pictures(Some.Value.Test)).Distinct().Count());

    [Fact]
    public void Pixels_AreAsBrightAsTheyShouldBe_OnAGroundThatIsBlack()
    {
        // Measured on the whole set: mean 63.5, 57 % ground. Fashion-MNIST itself: 72.9, 50 %.
        byte[] pixels = Some.Value.Train.Pixels;
        Assert.InRange(pixels.Average(pixel => (double)pixel), 60, 67);
        Assert.InRange(pixels.Count(pixel => pixel == 0) / (double)pixels.Length, 0.54, 0.60);
        Assert.Equal(256, pixels.Distinct().Count());
    }

    [Fact]
    public void Pictures_AllShowAGarment()
    {
        for (int k = 0; k < Some.Value.Train.Count; k++)
        {
            int lit = Some.Value.Train.Image(k).Length - Some.Value.Train.Image(k).Count((byte)0);
            Assert.InRange(lit, 50, 784);
        }
    }

    [Fact]
    public void Labels_BelongToTheirPictures()
    {
        // The nearest class mean is a weak classifier; with the labels mixed up it would get a tenth.
        double[][] means = [.. Enumerable.Range(0, 10).Select(label => Mean(Some.Value.Train, label))];
        ImageSet test = Some.Value.Test;
        int right = 0;
        for (int k = 0; k < test.Count; k++)
        {
            double[] distances = [.. means.Select(mean => SquaredDistance(test.Image(k), mean))];
            right += Array.IndexOf(distances, distances.Min()) == test.Labels[k] ? 1 : 0;
        }
        Assert.InRange(right / (double)test.Count, 0.5, 0.8);
    }

    private static double[] Mean(ImageSet images, int label)
    {
        double[] sum = new double[images.PixelsPerImage];
        int count = 0;
        for (int k = 0; k < images.Count; k++)
        {
            if (images.Labels[k] == label)
            {
                ReadOnlySpan<byte> image = images.Image(k);
                for (int pixel = 0; pixel < sum.Length; pixel++)
                {
                    sum[pixel] += image[pixel];
                }
                count++;
            }
        }
        return [.. sum.Select(value => value / count)];
    }

    private static double SquaredDistance(ReadOnlySpan<byte> image, double[] mean)
    {
        double sum = 0;
        for (int pixel = 0; pixel < mean.Length; pixel++)
        {
            double difference = image[pixel] - mean[pixel];
            sum += difference * difference;
        }
        return sum;
    }

    private static IEnumerable<string> Pictures(ImageSet images)
    {
        for (int k = 0; k < images.Count; k++)
        {
            yield return Convert.ToBase64String(images.Image(k));
        }
    }
}
