using Trainer.Data;
using Trainer.Engines;
using Trainer.Results;

namespace Trainer.Evaluations;

/// <summary>What a network makes of one image: its loss under every class.</summary>
/// <param name="Losses">The loss of the image, were it of class c.</param>
/// <param name="Prediction">The class that the network takes it for.</param>
internal sealed record ClassLosses(float[] Losses, int Prediction)
{
    // 2000 images of 784 bytes under 10 labels are 16 MB.
    private const int ImagesAtOnce = 2000;

    /// <summary>Whether e^-loss is the probability of a class.</summary>
    public bool AreProbabilities => Confidence.AreOfCrossEntropy(Losses);

    /// <summary>The classes, the most probable first; of equals the predicted one, then the one with the lower number.</summary>
    public IEnumerable<int> Ranking => Enumerable.Range(0, Losses.Length)
        .OrderBy(label => Losses[label])
        .ThenBy(label => label != Prediction)
        .ThenBy(label => label);

    /// <summary>Evaluates images under every label.</summary>
    /// <param name="run">The network.</param>
    /// <param name="create">Makes an engine.</param>
    /// <param name="images">The pixels of each image, as many as the network has inputs.</param>
    /// <param name="cancellation">Ends it.</param>
    public static IReadOnlyList<ClassLosses> Of(
        TrainedRun run, Func<TrainingSetup, IEngine> create, IReadOnlyList<ReadOnlyMemory<byte>> images, CancellationToken cancellation)
    {
        var found = new List<ClassLosses>();
        foreach (ReadOnlyMemory<byte>[] chunk in images.Chunk(ImagesAtOnce))
        {
            found.AddRange(OfChunk(run, create, chunk, cancellation));
        }
        return found;
    }

    private static IEnumerable<ClassLosses> OfChunk(
        TrainedRun run, Func<TrainingSetup, IEngine> create, ReadOnlyMemory<byte>[] images, CancellationToken cancellation)
    {
        int classes = run.Data.ClassNames.Count;
        int size = run.Data.Train.PixelsPerImage;
        byte[] pixels = new byte[images.Length * classes * size];
        byte[] labels = new byte[images.Length * classes];
        for (int row = 0; row < labels.Length; row++)
        {
            images[row / classes].Span.CopyTo(pixels.AsSpan(row * size, size));
            labels[row] = (byte)(row % classes);
        }
        RowResults results = Relabelled.Evaluate(
            run, create, new Split(new ImageSet(pixels, labels, run.Data.Train.Rows, run.Data.Train.Columns)), cancellation);
        for (int image = 0; image < images.Length; image++)
        {
            yield return new ClassLosses(results.Losses[(image * classes)..((image + 1) * classes)], results.Predictions[image * classes]);
        }
    }
}
