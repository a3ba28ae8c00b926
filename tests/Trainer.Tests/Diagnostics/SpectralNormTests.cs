using Trainer.Diagnostics;
using Trainer.Formulas;
using Trainer.Initializers;
using Trainer.Networks;

namespace Trainer.Tests.Diagnostics;

public class SpectralNormTests
{
    // What the iteration promises.
    private const double Tolerance = 1e-6;

    [Theory]
    [InlineData(3, 5)]
    [InlineData(5, 3)]
    [InlineData(1, 7)]
    [InlineData(7, 1)]
    public void Norm_OfAnOuterProduct_IsTheProductOfTheLengths(int rows, int columns)
    {
        float[] u = [.. Enumerable.Range(1, rows).Select(k => (float)k)], v = [.. Enumerable.Range(1, columns).Select(k => 1f / k)];
        float[] matrix = [.. u.SelectMany(left => v.Select(right => left * right))];
        double expected = EuclideanNorm.Of(u) * EuclideanNorm.Of(v);
        Assert.Equal(expected, SpectralNorm.Of(matrix, columns, rows), Tolerance * expected);
    }

    [Theory]
    [InlineData(1, 0.5)]
    [InlineData(1, 0.999)]
    [InlineData(1, 1)]
    [InlineData(-3, 2.999)]
    public void Norm_OfADiagonal_IsTheLargestEntry_HoweverNearTheNext(float first, float second)
    {
        float[] matrix = [0, 0, first, 0, second, 0, second / 2, 0, 0];
        Assert.Equal(Math.Max(Math.Abs(first), second), SpectralNorm.Of(matrix, 3, 3), Tolerance * Math.Abs(first));
    }

    [Fact]
    public void Norm_OfZero_IsZero() => Assert.Equal(0, SpectralNorm.Of(new float[12], 4, 3));

    [Fact]
    public void Norm_OfAFreshLayer_IsTheRootOfTheLargestEigenvalueOfItsGramMatrix()
    {
        var shape = new MlpShape(784, 128);
        float[] parameters = new float[shape.ParameterCount];
        new PytorchDefault().Fill(shape, 1, parameters);
        double expected = Math.Sqrt(LargestEigenvalue(Gram(parameters, 784, 128)));
        Assert.Equal(expected, SpectralNorm.Of(parameters.AsSpan(0, 784 * 128), 784, 128), Tolerance * expected);
    }

    private static double[,] Gram(float[] w, int columns, int rows)
    {
        double[,] gram = new double[rows, rows];
        for (int a = 0; a < rows; a++)
        {
            for (int b = 0; b < rows; b++)
            {
                for (int i = 0; i < columns; i++)
                {
                    gram[a, b] += (double)w[(a * columns) + i] * w[(b * columns) + i];
                }
            }
        }
        return gram;
    }

    /// <summary>Jacobi's rotations: another way to the same number.</summary>
    private static double LargestEigenvalue(double[,] a)
    {
        int n = a.GetLength(0);
        for (int sweep = 0; sweep < 12; sweep++)
        {
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    Rotate(a, p, q, n);
                }
            }
        }
        return Enumerable.Range(0, n).Max(k => a[k, k]);
    }

    private static void Rotate(double[,] a, int p, int q, int n)
    {
        if (a[p, q] == 0)
        {
            return;
        }
        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1), s = t * c;
        for (int k = 0; k < n; k++)
        {
            (a[k, p], a[k, q]) = ((c * a[k, p]) - (s * a[k, q]), (s * a[k, p]) + (c * a[k, q]));
        }
        for (int k = 0; k < n; k++)
        {
            (a[p, k], a[q, k]) = ((c * a[p, k]) - (s * a[q, k]), (s * a[p, k]) + (c * a[q, k]));
        }
    }
}
