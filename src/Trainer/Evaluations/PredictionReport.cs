using Trainer.Images;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Evaluations;

/// <summary>What <c>trainer predict</c> says: a line an image.</summary>
/// <param name="shell">Where to print.</param>
/// <param name="run">What predicts.</param>
/// <param name="top">How many classes of each image.</param>
internal sealed class PredictionReport(Shell shell, TrainedRun run, int top)
{
    /// <summary>Lines for people.</summary>
    public void Print(IReadOnlyList<FittedImage> images, IReadOnlyList<ClassLosses> found)
    {
        string size = FormattableString.Invariant($"{run.Data.Train.Columns}x{run.Data.Train.Rows}");
        shell.Output.WriteLine($"{EvaluationText.Title(run)}: {EvaluationText.Weights(run)}");
        if (images.Any(image => image.Scaled))
        {
            shell.Output.WriteLine($"images of other sizes are scaled to {size} by area means");
        }
        bool probabilities = found.All(image => image.AreProbabilities);
        if (!probabilities)
        {
            shell.Output.WriteLine("the loss of this run tells no probabilities; classes are in order, the most probable first");
        }
        for (int i = 0; i < images.Count; i++)
        {
            IEnumerable<string> classes = found[i].Ranking.Take(top).Select(label =>
                run.Data.ClassNames[label] + (probabilities ? " " + EvaluationText.Percent(Confidence.Of(found[i].Losses[label]), digits: 2) : ""));
            shell.Output.WriteLine($"{images[i].Name}{What(images[i])}: {string.Join(", ", classes)}");
        }
    }

    /// <summary>An object an image for machines.</summary>
    public void PrintJson(IReadOnlyList<FittedImage> images, IReadOnlyList<ClassLosses> found)
    {
        bool probabilities = found.All(image => image.AreProbabilities);
        for (int i = 0; i < images.Count; i++)
        {
            FittedImage image = images[i];
            ClassProbability[] classes = [.. found[i].Ranking.Take(top).Select(label => new ClassProbability(
                label, run.Data.ClassNames[label], probabilities ? Confidence.Of(found[i].Losses[label]) : null, found[i].Losses[label]))];
            shell.Output.WriteLine(JsonText.Line(new Prediction(
                image.File, image.Index, image.Width, image.Height, image.Inverted, image.Padded,
                run.Data.ClassNames[found[i].Prediction], classes, run.Folder.Path, run.Data.Name)));
        }
    }

    private static string What(FittedImage image)
    {
        var done = new List<string>();
        if (image.Scaled)
        {
            done.Add(FormattableString.Invariant($"{image.Width}x{image.Height}"));
        }
        if (image.Inverted)
        {
            done.Add(image.HasBrightBorder ? "inverted for its bright border" : "inverted");
        }
        if (image.Padded)
        {
            done.Add("made square");
        }
        return done.Count == 0 ? "" : $" ({string.Join(", ", done)})";
    }

    private sealed record Prediction(
        string Image, int? Index, int Width, int Height, bool Inverted, bool MadeSquare, string Class, IReadOnlyList<ClassProbability> Top, string Folder, string DataSet);

    private sealed record ClassProbability(int Label, string Class, double? Probability, float Loss);
}
