using Trainer.Augmentations;

namespace Trainer.Tests.Augmentations;

public class ElasticFieldTests
{
    private const int Side = 64;

    /// <summary>The variance of a sum of independent numbers uniform in (−1, 1), weighted by a Gaussian in two dimensions, is
    /// a third of the sum of the squared weights, 1/(4πσ²).</summary>
    [Theory]
    [InlineData(2, 20)]
    [InlineData(4, 34)]
    public void Displacements_HaveTheDeviationThatTheGaussianSays_FarFromTheEdge(double sigma, double alpha)
    {
        const int rows = 400;
        double squares = 0, sum = 0, products = 0;
        for (int row = 0; row < rows; row++)
        {
            (double[] x, double[] y) = Fields(sigma, alpha, row);
            double middleX = x[Side / 2 * Side + Side / 2], middleY = y[Side / 2 * Side + Side / 2];
            sum += middleX + middleY;
            squares += middleX * middleX + middleY * middleY;
            products += middleX * middleY;
        }
        double expected = alpha / (2 * sigma * Math.Sqrt(3 * Math.PI));
        const int count = 2 * rows;
        // Five standard errors.
        Assert.Equal(0, sum / count, 5 * expected / Math.Sqrt(count));
        Assert.Equal(expected, Math.Sqrt(squares / count), 5 * expected / Math.Sqrt(2.0 * count));
        Assert.Equal(0, products / rows, 5 * expected * expected / Math.Sqrt(rows));
    }

    [Fact]
    public void Neighbours_MoveAlike_AndFarPlacesDoNot()
    {
        const double sigma = 4;
        double near = 0, far = 0, squares = 0;
        for (int row = 0; row < 200; row++)
        {
            (double[] x, _) = Fields(sigma, 1, row);
            double here = x[32 * Side + 20];
            squares += here * here;
            near += here * x[32 * Side + 21];
            far += here * x[32 * Side + 52];
        }
        // e^(−d²/4σ²) of the variance: .984 for a neighbour, 1e-7 at eight sigmas.
        Assert.InRange(near / squares, 0.95, 1);
        Assert.InRange(far / squares, -5 / Math.Sqrt(200), 5 / Math.Sqrt(200));
    }

    [Fact]
    public void Alpha_IsAFactor()
    {
        (double[] one, _) = Fields(3, 1, 5);
        (double[] four, _) = Fields(3, 4, 5);
        Assert.Equal(one.Select(value => 4 * value), four);
    }

    private static (double[] X, double[] Y) Fields(double sigma, double alpha, int row)
    {
        double[] x = new double[Side * Side], y = new double[Side * Side];
        new ElasticField(new Elastic { Sigma = sigma, Alpha = alpha }).Fill(new RowWords(3, 1, row), Side, Side, x, y);
        return (x, y);
    }
}
