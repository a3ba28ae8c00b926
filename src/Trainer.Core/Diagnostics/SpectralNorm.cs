using Trainer.Randomness;

namespace Trainer.Diagnostics;

/// <summary>
/// The largest singular value of a matrix, the Lipschitz constant of x → W·x, by power iteration on WᵀW in binary64:
/// v ← WᵀWv/‖WᵀWv‖ and ‖Wv‖ rises to the norm.
/// </summary>
public static class SpectralNorm
{
    // The estimate rises by less and less; where a step brings this part of it, what is left was below 1e-6 on initial and
    // trained layers of 10 to 784 units (NumPy's singular values).
    private const double Rest = 1e-9;
    private const int MostIterations = 5000;

    /// <summary>‖W‖₂.</summary>
    /// <param name="w_OI">W, row-major.</param>
    /// <param name="I">Columns.</param>
    /// <param name="O">Rows.</param>
    public static double Of(ReadOnlySpan<float> w_OI, int I, int O)
    {
        double[] v_I = Start(I), u_O = new double[O];
        double norm = 0;
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            Multiply(w_OI, v_I, I, O, u_O);
            double next = Length(u_O);
            if (next == 0 || !double.IsFinite(next) || next - norm <= Rest * next)
            {
                return next;
            }
            norm = next;
            MultiplyTransposed(w_OI, u_O, I, O, v_I);
            double length = Length(v_I);
            for (int i = 0; i < I; i++)
            {
                v_I[i] /= length;
            }
        }
        return norm;
    }

    /// <summary>A direction that has a part in every other: the same one for every matrix of so many columns.</summary>
    private static double[] Start(int I)
    {
        var random = new Philox(0, RandomStream.Noise, uint.MaxValue);
        double[] v_I = new double[I];
        for (int i = 0; i < I; i++)
        {
            v_I[i] = random.OpenUniform((ulong)i) + 0.5;
        }
        double length = Length(v_I);
        return Array.ConvertAll(v_I, value => value / length);
    }

    /// <summary>u = W·v, each sum in four interleaved parts: the same on every machine, and four times as fast as in one.</summary>
    private static void Multiply(ReadOnlySpan<float> w_OI, ReadOnlySpan<double> v_I, int I, int O, Span<double> u_O)
    {
        for (int o = 0; o < O; o++)
        {
            ReadOnlySpan<float> row = w_OI.Slice(o * I, I);
            double a = 0, b = 0, c = 0, d = 0;
            int i = 0;
            for (; i + 4 <= row.Length; i += 4)
            {
                a += row[i] * v_I[i];
                b += row[i + 1] * v_I[i + 1];
                c += row[i + 2] * v_I[i + 2];
                d += row[i + 3] * v_I[i + 3];
            }
            for (; i < row.Length; i++)
            {
                a += row[i] * v_I[i];
            }
            u_O[o] = a + b + (c + d);
        }
    }

    /// <summary>v = Wᵀ·u, row after row of W.</summary>
    private static void MultiplyTransposed(ReadOnlySpan<float> w_OI, ReadOnlySpan<double> u_O, int I, int O, Span<double> v_I)
    {
        v_I.Clear();
        for (int o = 0; o < O; o++)
        {
            ReadOnlySpan<float> row = w_OI.Slice(o * I, I);
            double factor = u_O[o];
            for (int i = 0; i < row.Length; i++)
            {
                v_I[i] += factor * row[i];
            }
        }
    }

    private static double Length(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value * value;
        }
        return Math.Sqrt(sum);
    }
}
