using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Trainer.Formulas;
using Trainer.Randomness;

namespace Trainer.Augmentations;

/// <summary>The displacements of <see cref="Elastic"/>: random fields, smoothed first down the columns, then along the rows.</summary>
/// <remarks>The Gaussian ends at R = ⌈3σ⌉ pixels and is divided by its sum. Each sum runs from tap −R to R, product and addition
/// rounded apart, over all pixels of a row at once; vectors run over pixels and change no bit.</remarks>
internal sealed class ElasticField
{
    private const int ReachInSigmas = 3;
    private readonly double _alpha;
    private readonly double[] _taps;

    /// <summary>The fields for these settings.</summary>
    public ElasticField(Elastic settings)
    {
        int reach = (int)Math.Ceiling(ReachInSigmas * settings.Sigma);
        _alpha = settings.Alpha;
        _taps = new double[2 * reach + 1];
        double sum = 0;
        for (int k = 0; k < _taps.Length; k++)
        {
            double distance = (k - reach) / settings.Sigma;
            _taps[k] = Elementary64.Exp(-0.5 * (distance * distance));
            sum += _taps[k];
        }
        for (int k = 0; k < _taps.Length; k++)
        {
            _taps[k] /= sum;
        }
    }

    private int Reach => _taps.Length / 2;

    /// <summary>Numbers in a row of a field: the width, rounded up to whole vectors.</summary>
    public static int Stride(int width) => (width + Vector256<double>.Count - 1) / Vector256<double>.Count * Vector256<double>.Count;

    /// <summary>Fills both fields for one row of the training split.</summary>
    /// <param name="words">Where the random numbers come from.</param>
    /// <param name="width">Width of the image.</param>
    /// <param name="height">Height of the image.</param>
    /// <param name="x">Displacements to the right in pixels, <paramref name="height"/> rows of <see cref="Stride"/> numbers.</param>
    /// <param name="y">Displacements downwards.</param>
    public void Fill(RowWords words, int width, int height, Span<double> x, Span<double> y)
    {
        int stride = Stride(width);
        double[] noise = ArrayPool<double>.Shared.Rent(stride * height);
        double[] line = ArrayPool<double>.Shared.Rent(stride + 2 * Reach);
        // What lies beyond the image is 0, to the left and right of the line as well.
        line.AsSpan().Clear();
        Draw(words, 0, width, height, noise);
        Smooth(noise, line, stride, height, x);
        Draw(words, (long)width * height, width, height, noise);
        Smooth(noise, line, stride, height, y);
        ArrayPool<double>.Shared.Return(line);
        ArrayPool<double>.Shared.Return(noise);
    }

    private static void Draw(RowWords words, long offset, int width, int height, Span<double> noise)
    {
        int stride = Stride(width);
        uint[] bits = ArrayPool<uint>.Shared.Rent(width * height);
        words.Fill(Place.Elastic, offset, bits.AsSpan(0, width * height));
        for (int r = 0; r < height; r++)
        {
            Span<double> row = noise.Slice(r * stride, stride);
            ReadOnlySpan<uint> rowBits = bits.AsSpan(r * width, width);
            for (int c = 0; c < rowBits.Length; c++)
            {
                row[c] = 2 * Philox.OpenUniform(rowBits[c]) - 1;
            }
            row[width..].Clear();
        }
        ArrayPool<uint>.Shared.Return(bits);
    }

    private void Smooth(ReadOnlySpan<double> noise, Span<double> line, int stride, int height, Span<double> field)
    {
        for (int r = 0; r < height; r++)
        {
            int first = Math.Max(0, r - Reach);
            int end = Math.Min(height, r + Reach + 1);
            ReadOnlySpan<double> taps = _taps.AsSpan(first - r + Reach, end - first);
            Sum(taps, noise[(first * stride)..(end * stride)], stride, line.Slice(Reach, stride));
            Sum(_taps, line[..(stride + 2 * Reach)], 1, field.Slice(r * stride, stride));
        }
        Scale(field[..(height * stride)]);
    }

    /// <summary>destination[i] ← Σ taps[k] · source[k·step + i], k ascending; the length is a whole number of vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum(ReadOnlySpan<double> taps, ReadOnlySpan<double> source, int step, Span<double> destination)
    {
        ref double from = ref MemoryMarshal.GetReference(source[..((taps.Length - 1) * step + destination.Length)]);
        ref double to = ref MemoryMarshal.GetReference(destination);
        for (int i = 0; i < destination.Length; i += Vector256<double>.Count)
        {
            Vector256<double> sum = Vector256<double>.Zero;
            nuint place = (nuint)i;
            for (int k = 0; k < taps.Length; k++, place += (nuint)step)
            {
                sum += Vector256.Create(taps[k]) * Vector256.LoadUnsafe(ref from, place);
            }
            sum.StoreUnsafe(ref to, (nuint)i);
        }
    }

    private void Scale(Span<double> field)
    {
        for (int i = 0; i < field.Length; i++)
        {
            field[i] *= _alpha;
        }
    }
}
