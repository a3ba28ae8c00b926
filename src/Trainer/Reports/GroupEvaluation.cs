using System.Globalization;
using Trainer.Catalogs;
using Trainer.Comparisons;
using Trainer.Failures;
using Trainer.Results;

namespace Trainer.Reports;

/// <summary>What <c>trainer eval</c> found of one run of a group, on the test images with the last weights.</summary>
/// <param name="Label">The group.</param>
/// <param name="Run">The run.</param>
/// <param name="ClassNames">The classes.</param>
/// <param name="Counts">Rows of a true class taken for each class.</param>
/// <param name="Mistakes">The picture of the surest mistakes; null where there is none.</param>
internal sealed record GroupEvaluation(
    string Label, RunEntry Run, IReadOnlyList<string> ClassNames, IReadOnlyList<IReadOnlyList<int>> Counts, string? Mistakes)
{
    /// <summary>The file of the counts.</summary>
    public static string CountsOf(RunEntry run) => Path.Combine(run.Folder.Evaluations, "confusion.csv");

    /// <summary>The run that stands for its group: that of the middle seed, unless only others have been evaluated.</summary>
    /// <param name="group">The group.</param>
    /// <returns>The run; null where none counts.</returns>
    public static RunEntry? RunOf(ComparedGroup group)
    {
        RunEntry? middle = group.Counted.Count == 0 ? null : group.Counted[(group.Counted.Count - 1) / 2];
        return middle is null || File.Exists(CountsOf(middle)) ? middle : group.Counted.FirstOrDefault(run => File.Exists(CountsOf(run))) ?? middle;
    }

    /// <summary>Reads what is there.</summary>
    /// <returns>The evaluation; null where there is none.</returns>
    /// <exception cref="RunFailedException">A file is broken.</exception>
    public static GroupEvaluation? TryRead(string label, RunEntry run)
    {
        string file = CountsOf(run);
        if (!File.Exists(file))
        {
            return null;
        }
        IReadOnlyList<string[]> lines = CsvFile.ReadText(file);
        string[] names = lines.Count == 0 ? [] : lines[0][1..];
        if (names.Length == 0 || lines.Count != names.Length + 1)
        {
            throw Broken(file);
        }
        int[][] counts = [.. lines.Skip(1).Select(line => line.Skip(1).Select(field =>
            int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : throw Broken(file)).ToArray())];
        string mistakes = Path.Combine(run.Folder.Evaluations, "mistakes.svg");
        return new GroupEvaluation(label, run, names, counts, File.Exists(mistakes) ? File.ReadAllText(mistakes) : null);
    }

    private static RunFailedException Broken(string file) => new($"{file}: is no table of counts; make it again with 'trainer eval'");
}
