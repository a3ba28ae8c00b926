using Trainer.Randomness;

namespace Trainer.Tests.Randomness;

public class PhiloxTests
{
    // Known answers published with the authors' Random123 library (philox4x32, 10 rounds).
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu,
        0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u,
        0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Generate_GivesTheAuthorsKnownAnswers(
        uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint w0, uint w1, uint w2, uint w3) =>
        Assert.Equal((w0, w1, w2, w3), Philox.Generate(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void Permutation_HoldsEveryIndexOnce_AndDependsOnEverythingInTheKey()
    {
        int[] order = Order(1, RandomStream.Shuffle, 1);
        Assert.Equal(Enumerable.Range(0, 1000), order.Order());
        Assert.Equal(order, Order(1, RandomStream.Shuffle, 1));
        Assert.NotEqual(order, Order(2, RandomStream.Shuffle, 1));
        Assert.NotEqual(order, Order(1, RandomStream.Noise, 1));
        Assert.NotEqual(order, Order(1, RandomStream.Shuffle, 2));

        static int[] Order(ulong seed, RandomStream stream, uint step)
        {
            int[] order = new int[1000];
            new Philox(seed, stream, step).Permutation(order);
            return order;
        }
    }

    [Fact]
    public void Permutation_IsFisherAndYates_WithTheNumbersOfBelow()
    {
        foreach (int length in Enumerable.Range(0, 12).Append(999).Append(1000))
        {
            var generator = new Philox(5, RandomStream.Shuffle, 3);
            int[] expected = [.. Enumerable.Range(0, length)];
            for (int i = length - 1; i > 0; i--)
            {
                int j = generator.Below((ulong)i, i + 1);
                (expected[i], expected[j]) = (expected[j], expected[i]);
            }
            int[] order = new int[length];
            generator.Permutation(order);
            Assert.Equal(expected, order);
        }
    }

    [Fact]
    public void WordsAndNormals_AreThoseOfTheSingleNumbers_FromAnyIndexAtAnyLength()
    {
        // The last one crosses from 32 bits of block number to 33.
        foreach (ulong index in (ulong[])[0, 1, 2, 3, 4, 5, 784, 12_345, (1UL << 34) - 37])
        {
            var generator = new Philox(0xFEDCBA9876543210, RandomStream.Noise, 0x89ABCDEF);
            foreach (int length in Enumerable.Range(0, 80).Append(255).Append(256).Append(600))
            {
                uint[] words = new uint[length];
                float[] normals = new float[length];
                generator.Words(index, words);
                generator.Normals(index, normals);
                Assert.Equal(Enumerable.Range(0, length).Select(i => generator.Word(index + (ulong)i)), words);
                Assert.Equal(Enumerable.Range(0, length).Select(i => (float)generator.Normal(index + (ulong)i)), normals);
            }
        }
    }

    [Fact]
    public void Normals_AreTheQuantiles_OnBothSidesOfWhereTheTailsBegin_AndAtTheEnds()
    {
        // .02425 and .97575 of 2³², where the formula changes.
        uint low = 104152956, high = 4190814339;
        uint[] words =
        [
            0, 1, 2, uint.MaxValue, uint.MaxValue - 1, 1u << 31, (1u << 31) - 1,
            .. Enumerable.Range(-20, 41).Select(k => (uint)(low + k)), .. Enumerable.Range(-20, 41).Select(k => (uint)(high + k)),
        ];
        float[] normals = new float[words.Length];
        NormalVectors.Fill(words, normals);
        Assert.Equal(words.Select(word => (float)NormalDistribution.Quantile((word + 0.5) / 4294967296.0)), normals);
    }

    [Fact]
    public void Uniform_And_Normal_HaveTheirMoments()
    {
        const int count = 200_000;
        var generator = new Philox(7, RandomStream.Noise, 3);
        double sum = 0, normalSum = 0, normalSquares = 0;
        for (ulong i = 0; i < count; i++)
        {
            float u = generator.Uniform(i);
            Assert.InRange(u, 0f, 1f - 1f / (1 << 24));
            sum += u;
            double z = generator.Normal(i);
            normalSum += z;
            normalSquares += z * z;
        }
        // Five standard errors of each moment.
        Assert.Equal(0.5, sum / count, 5 * Math.Sqrt(1.0 / 12 / count));
        Assert.Equal(0, normalSum / count, 5 / Math.Sqrt(count));
        Assert.Equal(1, normalSquares / count, 5 * Math.Sqrt(2.0 / count));
    }

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.975, 1.9599639845400545)]
    [InlineData(0.001, -3.0902323061678132)]
    [InlineData(1e-9, -5.9978070150076869)]
    public void Quantile_MatchesTabledValues(double probability, double z) =>
        Assert.Equal(z, NormalDistribution.Quantile(probability), 1.2e-9 * Math.Max(1, Math.Abs(z)) * 2);
}
