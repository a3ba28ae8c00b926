using Trainer.Augmentations;
using Trainer.Randomness;

namespace Trainer.Tests.Augmentations;

public class InputNoiseTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.0)]
    [InlineData(100.0)]
    public void Bits_AreThoseOfThePlainFormula_AtEveryLengthAndRow(double std)
    {
        foreach (int length in Enumerable.Range(0, 70).Append(255).Append(256).Append(257).Append(784).Append(1001))
        {
            foreach (int row in (int[])[0, 1, 3, 59_999, int.MaxValue])
            {
                float[] x = [.. Enumerable.Range(0, length).Select(i => i % 256 / 255f)];
                float[] expected = [.. x.Select((value, i) => MathF.FusedMultiplyAdd(
                    (float)std, (float)new Philox(5, RandomStream.Noise, 2).Normal((ulong)row * (ulong)length + (ulong)i), value))];
                new InputNoise { Std = std }.Add(5, 2, row, x);
                Assert.Equal(Samples.Bits(expected), Samples.Bits(x));
            }
        }
    }

    [Fact]
    public void Noise_HasTheMomentsAndQuantilesOfANormalDistribution()
    {
        const int rows = 400;
        const int inputs = 784;
        const double std = 0.25;
        var noise = new InputNoise { Std = std };
        var all = new List<float>(rows * inputs);
        for (int row = 0; row < rows; row++)
        {
            float[] x = new float[inputs];
            noise.Add(1, 1, row, x);
            all.AddRange(x);
        }
        // Five standard errors of each.
        Assert.Equal(0, all.Average(value => (double)value), 5 * std / Math.Sqrt(all.Count));
        Assert.Equal(std, Math.Sqrt(all.Average(value => (double)value * value)), 5 * std / Math.Sqrt(2.0 * all.Count));
        foreach ((double quantile, double probability) in ((double, double)[])
            [(-3.090232306, 0.001), (-1.959963985, 0.025), (-0.674489750, 0.25), (0, 0.5), (1.281551566, 0.9), (2.326347874, 0.99)])
        {
            double share = all.Average(value => value <= std * quantile ? 1.0 : 0);
            Assert.Equal(probability, share, 5 * Math.Sqrt(probability * (1 - probability) / all.Count));
        }
    }

    [Fact]
    public void EpochsAndRows_HaveNoiseOfTheirOwn()
    {
        string Drawn(uint epoch, int row)
        {
            float[] x = new float[20];
            new InputNoise { Std = 1 }.Add(1, epoch, row, x);
            return string.Join(' ', x);
        }
        Assert.Equal(4, new[] { Drawn(1, 0), Drawn(2, 0), Drawn(1, 1), Drawn(2, 1) }.Distinct().Count());
    }
}
