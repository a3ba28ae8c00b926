using Trainer.Optimizers;

namespace Trainer.Tests.Optimizers;

/// <summary>NAdam's momentum as a function of the step alone.</summary>
public class RisingMomentumTests
{
    /// <summary>Relative: our e^x and the library's pow differ in their last places.</summary>
    private const double Tolerance = 1e-13;

    /// <summary>What the comment of <see cref="RisingMomentum"/> promises, rounded up.</summary>
    private const int MostKept = 2500;

    [Theory]
    [InlineData(0.9, 4e-3)]
    [InlineData(0.9, 0)]
    [InlineData(0.99, 0.38)]
    [InlineData(0.9999999, 0.4)]
    [InlineData(0.9999999, 3)]
    [InlineData(0.5, 1e30)]
    [InlineData(0, 4e-3)]
    public void ProductsAndValues_AreThoseOfThePlainLoop(double beta, double decay)
    {
        var momentum = new RisingMomentum(beta, decay);
        double product = 1;
        for (int t = 1; t <= 5000; t++)
        {
            double factor = beta * (1 - 0.5 * Math.Pow(0.96, t * decay));
            product *= factor;
            Assert.Equal(factor, momentum.At(t), Tolerance * factor);
            // 1 − product is what the rule uses; each step adds its own rounding to the product.
            Assert.Equal(1 - product, 1 - momentum.ProductTo(t), Tolerance * t);
        }
    }

    [Fact]
    public void NeverMoreThanAFewProductsAreKept()
    {
        int most = 0;
        for (double decay = 1e-6; decay < 1e6; decay *= 1.05)
        {
            foreach (double beta in (double[])[0, 0.5, 0.9, 0.9999999])
            {
                most = Math.Max(most, new RisingMomentum(beta, decay).Kept);
            }
        }
        Assert.InRange(most, 2000, MostKept);
        Assert.InRange(new RisingMomentum(0.9, 4e-3).Kept, 40, 60);
    }
}
