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

    /// <summary>The middle one of the seeds that all groups have, so that like is shown beside like; null where there is none.</summary>
    public static ulong? CommonSeed(IReadOnlyList<ComparedGroup> groups)
    {
        ulong[] seeds = groups.Count == 0 ? [] : [.. groups[0].Counted.Select(run => run.Experiment.Seed)
            .Where(seed => groups.All(group => group.Counted.Any(run => run.Experiment.Seed == seed)))];
        return seeds.Length == 0 ? null : seeds[(seeds.Length - 1) / 2];
    }

    /// <summary>The run that stands for its group alone: that of the middle seed, unless only others have been evaluated.</summary>
    /// <param name="group">The group, of which a run counts.</param>
    public static RunEntry RunOf(ComparedGroup group)
    {
        RunEntry middle = group.Counted[(group.Counted.Count - 1) / 2];
        return File.Exists(CountsOf(middle)) ? middle : group.Counted.FirstOrDefault(run => File.Exists(CountsOf(run))) ?? middle;
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
        return new GroupEvaluation(label, run, names, counts, File.Exists(mistakes) ? RecordedFile.ReadText(mistakes, RecordedFile.LongestPicture) : null);
    }

    private static RunFailedException Broken(string file) => new($"{file}: is no table of counts; make it again with 'trainer eval'");
}
