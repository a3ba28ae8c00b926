using System.Globalization;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Evaluations;

/// <summary>What <c>trainer eval</c> says: tables for people, one object for machines.</summary>
internal static class EvaluationReport
{
    private const int CountWidth = 6;

    /// <summary>The object.</summary>
    public static string Json(SplitMeasurement measured, bool compared, IReadOnlyList<string> files)
    {
        TrainedRun run = measured.Run;
        IReadOnlyList<ClassScore> scores = measured.Matrix.Scores();
        return JsonText.Line(new Report(
            run.Experiment.Name, run.Experiment.Seed, run.Folder.Path, run.Checkpoint, run.Epoch, measured.SplitText,
            run.Data.Name, run.Data.Hash, measured.Engine, measured.Rows.Count, measured.Total.Loss, measured.Total.Accuracy,
            compared ? true : null, MacroAverage.Of(scores), scores, measured.Matrix.ClassNames, measured.Matrix.Rows(), files));
    }

    /// <summary>The tables.</summary>
    public static void Print(Shell shell, SplitMeasurement measured, string reason, bool compared, IReadOnlyList<string> files)
    {
        TrainedRun run = measured.Run;
        TextWriter output = shell.Output;
        output.WriteLine($"{EvaluationText.Title(run)}: {ExperimentText.Of(run.Experiment)}, {EvaluationText.Weights(run)}");
        output.WriteLine($"engine: {measured.Engine} ({reason})");
        output.WriteLine();
        IReadOnlyList<ClassScore> scores = measured.Matrix.Scores();
        bool rounded = shell.IsTerminal && shell.Console.Profile.Capabilities.Unicode;
        foreach (string line in TextTable.Lines([["class", "precision", "recall", "f1", "images"]], Rows(scores), rounded))
        {
            output.WriteLine(line);
        }
        if (scores.Any(score => score.Precision is null || score.Recall is null))
        {
            output.WriteLine("- is 0/0: no image was taken for the class (precision) or none is of it (recall); it is left out of the average");
        }
        output.WriteLine();
        PrintMatrix(output, measured.Matrix);
        output.WriteLine();
        string epoch = compared ? "equal to metrics.csv to the last bit" : "metrics.csv has nothing to compare with";
        output.WriteLine($"{measured.SplitText}: loss {EpochTable.Loss(measured.Total.Loss)}, accuracy {EpochTable.Accuracy(measured.Total.Accuracy)}, {measured.Mistakes.Count} of {measured.Rows.Count} images mistaken ({epoch})");
        output.WriteLine($"data set: {run.Data.Name}");
        output.WriteLine($"files:    {Path.GetDirectoryName(files[0])}: {string.Join(", ", files.Select(Path.GetFileName))}");
    }

    private static string[][] Rows(IReadOnlyList<ClassScore> scores)
    {
        var average = MacroAverage.Of(scores);
        return
        [
            .. scores.Select(score => Line(score.Class, score.Precision, score.Recall, score.F1, score.Support)),
            Line("macro average", average.Precision, average.Recall, average.F1, scores.Sum(score => score.Support)),
        ];
    }

    private static string[] Line(string name, double? precision, double? recall, double? f1, int support) =>
        [name, EpochTable.Accuracy(precision), EpochTable.Accuracy(recall), EpochTable.Accuracy(f1), support.ToString(CultureInfo.InvariantCulture)];

    /// <summary>A row a true class, a column a predicted one, by its number: ten names would not fit beside each other.</summary>
    private static void PrintMatrix(TextWriter output, ConfusionMatrix matrix)
    {
        string[] names = [.. matrix.ClassNames.Select((name, label) => $"{label} {name}")];
        const string corner = "true, predicted";
        int width = Math.Max(corner.Length, names.Max(name => name.Length));
        output.WriteLine(corner.PadRight(width) + string.Concat(names.Select((_, label) => $"{label,CountWidth}")));
        for (int truth = 0; truth < names.Length; truth++)
        {
            output.WriteLine(names[truth].PadRight(width)
                + string.Concat(matrix.Rows()[truth].Select(count => string.Create(CultureInfo.InvariantCulture, $"{count,CountWidth}"))));
        }
    }

    private sealed record Report(
        string Name,
        ulong Seed,
        string Folder,
        CheckpointName Checkpoint,
        int? Epoch,
        string Split,
        string DataSet,
        string DataHash,
        string Engine,
        int Rows,
        double Loss,
        double Accuracy,
        bool? EqualsMetrics,
        MacroAverage MacroAverage,
        IReadOnlyList<ClassScore> Classes,
        IReadOnlyList<string> ClassNames,
        int[][] Confusion,
        IReadOnlyList<string> Files);
}
