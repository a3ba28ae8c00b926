using Trainer.Statistics;

namespace Trainer.Tests.Statistics;

public class StudentTTests
{
    // Both sides round; the quantile of ν = 1 reaches 3e5.
    private const double Relative = 1e-10;

    /// <summary>√(ν(1-x)/x) with x = scipy.special.betaincinv(ν/2, ½, 2(1-p)) of SciPy 1.10.1, whose own stats.t.ppf is right to 1e-9
    /// only.</summary>
    [Theory]
    [InlineData(0.975, 1, 12.706204736174707)]
    [InlineData(0.975, 2, 4.302652729749464)]
    [InlineData(0.975, 4, 2.7764451051977943)]
    [InlineData(0.975, 6, 2.4469118511449692)]
    [InlineData(0.975, 9, 2.2621571627982053)]
    [InlineData(0.975, 30, 2.042272456301239)]
    [InlineData(0.975, 2.5, 3.5746548420036834)]
    [InlineData(0.975, 1e6, 1.9599663568838133)]
    [InlineData(0.9995, 3, 12.923978636687966)]
    [InlineData(0.6, 7.3, 0.2627568052507196)]
    [InlineData(0.8, 5, 0.9195437802408263)]
    [InlineData(0.999999, 1, 318309.8861735903)]
    public void Quantile_IsThatOfSciPy(double probability, double freedom, double expected)
    {
        Assert.InRange(StudentT.Quantile(probability, freedom) / expected, 1 - Relative, 1 + Relative);
        Assert.InRange(StudentT.Quantile(1 - probability, freedom) / -expected, 1 - Relative, 1 + Relative);
    }

    /// <summary>With one degree of freedom the tail is ½ - arctan(t)/π, with two ½ (1 - t/√(2 + t²)).</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(7.5)]
    [InlineData(100)]
    public void UpperTail_OfOneAndTwoDegrees_IsTheClosedForm(double t)
    {
        Assert.Equal(0.5 - Math.Atan(t) / Math.PI, StudentT.UpperTail(t, 1), 1e-14);
        Assert.Equal(0.5 * (1 - t / Math.Sqrt(2 + t * t)), StudentT.UpperTail(t, 2), 1e-14);
    }

    [Fact]
    public void LogGamma_OfWholeNumbers_IsTheFactorial()
    {
        double factorial = 1;
        for (int n = 1; n <= 20; n++)
        {
            Assert.Equal(Math.Log(factorial), IncompleteBeta.LogGamma(n), 1e-13);
            factorial *= n;
        }
        Assert.Equal(Math.Log(Math.PI) / 2, IncompleteBeta.LogGamma(0.5), 1e-14);
    }
}
