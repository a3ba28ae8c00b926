using System.Globalization;
using Trainer.Charts;
using Trainer.Data;
using Trainer.Images;
using Trainer.Listings;
using Trainer.Results;

namespace Trainer.Evaluations;

/// <summary>What <c>trainer eval</c> leaves in a run's folder.</summary>
internal static class EvaluationFiles
{
    /// <summary>Where the files of a measurement go: <c>eval</c> for the test rows with the last weights; every other
    /// pair has a folder of its own in it, so that no file is taken for what it is not.</summary>
    /// <exception cref="Failures.RunFailedException">A link leads from there out of the run's folder.</exception>
    public static string FolderOf(TrainedRun run, SplitName split)
    {
        ResultLinks.ThrowIfPartsLeadOut(run.Folder.Path);
        return split == SplitName.Test && run.Checkpoint == CheckpointName.Last
            ? run.Folder.Evaluations
            : Path.Combine(run.Folder.Evaluations, $"{split}-{run.Checkpoint}".ToLowerInvariant());
    }

    /// <summary>Writes all files.</summary>
    /// <param name="measured">What was found.</param>
    /// <param name="folder">Where they go.</param>
    /// <param name="format">svg, png or pdf.</param>
    /// <param name="mistakes">How many mistakes to draw; 0 for no picture of them.</param>
    /// <returns>Their paths.</returns>
    /// <exception cref="Failures.TrainerException">A file cannot be written.</exception>
    public static IReadOnlyList<string> Write(SplitMeasurement measured, string folder, string format, int mistakes)
    {
        var files = new List<string>();
        CsvFile.Write(Add("confusion.csv"), ["true_class", .. measured.Matrix.ClassNames], ConfusionRows(measured.Matrix));
        CsvFile.Write(Add("classes.csv"), measured.Matrix.Scores());
        CsvFile.Write(Add("predictions.csv"), measured.Predictions);
        HeatMap map = ConfusionFigure.Of(measured);
        PictureFile.Write(Add($"confusion.{format}"), stream => HeatMapSvg.Write(map, stream));
        if (mistakes > 0 && measured.Mistakes.Count > 0)
        {
            ImageGrid grid = MistakesGrid.Of(measured, mistakes);
            PictureFile.Write(Add($"mistakes.{format}"), stream => ImageGridSvg.Write(grid, stream));
        }
        return files;

        string Add(string name)
        {
            files.Add(Path.Combine(folder, name));
            return files[^1];
        }
    }

    private static IEnumerable<string[]> ConfusionRows(ConfusionMatrix matrix) => matrix.Rows().Select((counts, truth) =>
        (string[])[matrix.ClassNames[truth], .. counts.Select(count => count.ToString(CultureInfo.InvariantCulture))]);
}
