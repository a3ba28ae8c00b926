using System.Collections.Concurrent;
using Trainer.Data.Garments;
using Trainer.Randomness;

namespace Trainer.Data;

/// <summary>
/// A data set of the shape of Fashion-MNIST, drawn by our own code: ten kinds of garment, 28x28 bytes, light on black.
/// For machines that have neither the official files nor a network.
/// </summary>
/// <remarks>
/// Image k of a split is a pure function of (seed, split, k) in integer and basic IEEE arithmetic: the same bytes on
/// every machine, for any number of threads, and a smaller set is the beginning of a larger one. Every ten consecutive
/// images hold each class once, in random order. Random numbers: stream <see cref="RandomStream.Garments"/>, step 0 for
/// the training pictures, 1 for the test pictures, 2 and 3 for the order of their classes.
/// </remarks>
public static class EmbeddedGarments
{
    /// <summary>The name that every artefact made from this data set carries.</summary>
    public const string Name = "embedded-garments";

    /// <summary>The largest training set.</summary>
    public const int MaxTrainCount = 60_000;

    /// <summary>The largest test set.</summary>
    public const int MaxTestCount = 10_000;

    private const uint OrderSteps = 2;
    private const int ImagesPerPiece = 100;

    /// <summary>Draws the data set, on all processors.</summary>
    /// <param name="trainCount">Number of training images, 1 … 60,000.</param>
    /// <param name="testCount">Number of test images, 1 … 10,000.</param>
    /// <param name="seed">Another seed, other pictures.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is outside its range.</exception>
    public static DataSet Draw(int trainCount = MaxTrainCount, int testCount = MaxTestCount, ulong seed = 1) =>
        Draw(trainCount, testCount, seed, Environment.ProcessorCount);

    /// <summary>The same on at most <paramref name="threads"/> threads, which changes no byte.</summary>
    internal static DataSet Draw(int trainCount, int testCount, ulong seed, int threads)
    {
        CheckCount(trainCount, MaxTrainCount, nameof(trainCount));
        CheckCount(testCount, MaxTestCount, nameof(testCount));
        ImageSet train = DrawSplit(trainCount, seed, 0, threads);
        ImageSet test = DrawSplit(testCount, seed, 1, threads);
        return new DataSet(
            Name, IdxHash.Of(train, test), FormattableString.Invariant($"drawn from seed {seed}"), train, test,
            [.. Wardrobe.ByLabel.Select(garment => garment.Name)]);
    }

    private static void CheckCount(int count, int most, string parameter)
    {
        if (count < 1 || count > most)
        {
            throw new ArgumentOutOfRangeException(
                parameter, FormattableString.Invariant($"must be at least 1 and at most {most}, not {count}"));
        }
    }

    private static ImageSet DrawSplit(int count, ulong seed, uint split, int threads)
    {
        const int pixelsPerImage = Canvas.Side * Canvas.Side;
        byte[] labels = DrawLabels(count, new Philox(seed, RandomStream.Garments, OrderSteps + split));
        byte[] pixels = new byte[count * pixelsPerImage];
        var source = new Philox(seed, RandomStream.Garments, split);
        Parallel.ForEach(
            Partitioner.Create(0, count, ImagesPerPiece),
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => new Easel(),
            (piece, _, easel) =>
            {
                for (int k = piece.Item1; k < piece.Item2; k++)
                {
                    Span<byte> image = pixels.AsSpan(k * pixelsPerImage, pixelsPerImage);
                    easel.Draw(Wardrobe.ByLabel[labels[k]], source, k, image);
                }
                return easel;
            },
            _ => { });
        return new ImageSet(pixels, labels, Canvas.Side, Canvas.Side);
    }

    /// <summary>Every ten consecutive labels are a random order of the ten classes (Fisher and Yates).</summary>
    private static byte[] DrawLabels(int count, Philox source)
    {
        int classes = Wardrobe.ByLabel.Count;
        Span<byte> order = stackalloc byte[classes];
        var dice = new Dice();
        byte[] labels = new byte[count];
        for (int first = 0; first < count; first += classes)
        {
            dice.Start(source, first / classes);
            for (int i = 0; i < classes; i++)
            {
                order[i] = (byte)i;
            }
            for (int i = classes - 1; i > 0; i--)
            {
                int j = dice.Below(i + 1);
                (order[i], order[j]) = (order[j], order[i]);
            }
            order[..Math.Min(classes, count - first)].CopyTo(labels.AsSpan(first));
        }
        return labels;
    }
}
