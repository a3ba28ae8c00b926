using Trainer.Images;

namespace Trainer.Evaluations;

/// <summary>The most confident mistakes as a grid of images.</summary>
internal static class MistakesGrid
{
    /// <summary>Lays out at most <paramref name="most"/> mistakes, as near to a square as it gets.</summary>
    /// <exception cref="ArgumentException">There is no mistake, or none was asked for.</exception>
    public static ImageGrid Of(SplitMeasurement measured, int most)
    {
        GridImage[] images = [.. measured.Mistakes.Take(most).Select(row => Image(measured, row))];
        string count = images.Length == measured.Mistakes.Count ? $"All {images.Length}" : $"{images.Length} of {measured.Mistakes.Count}";
        string order = measured.Predictions[0].Confidence is null ? "the smallest loss of the wrong class first" : "the surest first";
        return ImageGrid.Of(
            $"Mistakes of {EvaluationText.Title(measured)}",
            $"{count} mistakes, {order}; {EvaluationText.Weights(measured.Run)}. Bold: the true class; \u2192 what the network takes it for"
                + $"{(measured.Predictions[0].Confidence is null ? "" : ", how sure it is")}; # image number",
            measured.Rows.Source,
            images,
            (int)Math.Ceiling(Math.Sqrt(images.Length)));
    }

    private static GridImage Image(SplitMeasurement measured, RowPrediction row)
    {
        IReadOnlyList<string> names = measured.Run.Data.ClassNames;
        var image = new GridImage(
            measured.Rows.Source.Pixels.AsMemory(row.Image * measured.Rows.Source.PixelsPerImage, measured.Rows.Source.PixelsPerImage),
            names[row.Label],
            row.Image);
        string sureness = row.Confidence is { } p ? EvaluationText.Percent(p, digits: 2) + " " : "";
        return image with { Notes = [$"\u2192 {names[row.Prediction]}", $"{sureness}{image.IndexText}"] };
    }
}
