using Trainer.Data;
using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Diagnostics;

/// <summary>
/// Test accuracy with noise on the inputs: x + σ·n with n standard normal for every pixel, x = byte/255, nothing cut off. The rows
/// and the noise are the same in every epoch and for every σ, so the figures differ by the network alone.
/// </summary>
/// <remarks>Pixel i of row k is number k·I + i of stream <see cref="RandomStream.Noise"/> under the run's seed, step 2³² − 1, which
/// no training step reaches.</remarks>
public sealed class NoiseProbe
{
    /// <summary>Most rows of a probe.</summary>
    public const int MostRows = 512;

    private readonly Split _test;
    private readonly NaiveNetwork<Scalar> _network;
    private readonly float[] _noise;
    private readonly byte[] _labels;
    private readonly Scalar[] _losses;
    private readonly int[] _predictions;

    /// <summary>A probe with the first <see cref="MostRows"/> rows of <paramref name="test"/>, or all where there are fewer.</summary>
    public NoiseProbe(Mlp mlp, Split test, ulong seed)
    {
        _test = test;
        int rows = Math.Min(test.Count, MostRows);
        _network = new NaiveNetwork<Scalar>(mlp, rows);
        _labels = [.. Enumerable.Range(0, rows).Select(test.Label)];
        (_losses, _predictions) = (new Scalar[rows], new int[rows]);
        var random = new Philox(seed, RandomStream.Noise, uint.MaxValue);
        _noise = new float[rows * mlp.Shape.Inputs];
        for (int k = 0; k < _noise.Length; k++)
        {
            _noise[k] = (float)random.Normal((ulong)k);
        }
    }

    /// <summary>The standard deviations of the noise.</summary>
    public static IReadOnlyList<double> Deviations { get; } = [0, 0.05, 0.1, 0.2, 0.3];

    /// <summary>The accuracy at each of <see cref="Deviations"/>.</summary>
    /// <param name="parameters">All parameters, in the layout of the shape.</param>
    /// <param name="statistics">Running means and variances, in the layout of the shape.</param>
    public IReadOnlyList<double> Measure(ReadOnlySpan<float> parameters, ReadOnlySpan<float> statistics)
    {
        for (int k = 0; k < parameters.Length; k++)
        {
            _network.Parameters[k] = Scalar.Constant(parameters[k]);
        }
        for (int k = 0; k < statistics.Length; k++)
        {
            _network.Statistics[k] = Scalar.Constant(statistics[k]);
        }
        return [.. Deviations.Select(Accuracy)];
    }

    private double Accuracy(double deviation)
    {
        float[] x = new float[_test.Source.PixelsPerImage];
        for (int row = 0; row < _labels.Length; row++)
        {
            ReadOnlySpan<byte> pixels = _test.Pixels(row);
            ReadOnlySpan<float> noise = _noise.AsSpan(row * x.Length, x.Length);
            for (int i = 0; i < x.Length; i++)
            {
                x[i] = MathF.FusedMultiplyAdd((float)deviation, noise[i], pixels[i] / 255f);
            }
            _network.SetInput(row, x);
        }
        _network.Evaluate(_labels, _losses, _predictions);
        return (double)_predictions.Zip(_labels).Count(row => row.First == row.Second) / _labels.Length;
    }
}
