using System.Globalization;

namespace Trainer.Clusters.Slurm;

/// <summary>How SLURM writes tasks: <c>123</c>, <c>123_4</c>, <c>123_[1-3,7-9:2%2]</c>, or cut off, <c>123_[1,3,5...]</c>.</summary>
/// <param name="Job">The array's id.</param>
/// <param name="Indices">The tasks; none where the job is no array, and where the expression is cut off.</param>
/// <param name="IsCut">Whether SLURM left some out.</param>
internal sealed record TaskExpression(string Job, IndexRanges Indices, bool IsCut)
{
    // SLURM's own bound on MaxArraySize is 4,000,001.
    private const int LargestIndex = 4_000_000;

    /// <summary>Reads an expression; null where it is anything else.</summary>
    public static TaskExpression? TryParse(string text)
    {
        int underscore = text.IndexOf('_', StringComparison.Ordinal);
        string job = underscore < 0 ? text : text[..underscore];
        if (!JobNumber.Is(job))
        {
            return null;
        }
        if (underscore < 0)
        {
            return new(job, IndexRanges.None, IsCut: false);
        }
        string tasks = text[(underscore + 1)..];
        if (tasks is not ['[', .. var list, ']'])
        {
            return !tasks.Contains('-') && ReadIndices(tasks) is { } one ? new(job, one, IsCut: false) : null;
        }
        int parallel = list.IndexOf('%', StringComparison.Ordinal);
        bool isCut = list.Contains("...", StringComparison.Ordinal);
        string indices = parallel < 0 ? list : list[..parallel];
        return isCut ? new(job, IndexRanges.None, IsCut: true)
            : ReadIndices(indices) is { } several ? new(job, several, IsCut: false)
            : null;
    }

    private static IndexRanges? ReadIndices(string list)
    {
        if (IndexRanges.TryParse(list) is { } ranges)
        {
            return ranges.Count > 0 && ranges[^1] <= LargestIndex ? ranges : null;
        }
        var all = new List<int>();
        foreach (string part in list.Split(','))
        {
            int colon = part.IndexOf(':', StringComparison.Ordinal);
            string range = colon < 0 ? part : part[..colon];
            if (IndexRanges.TryParse(range) is not { } indices || indices[^1] > LargestIndex)
            {
                return null;
            }
            int step = 1;
            if (colon >= 0 && (!int.TryParse(part.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out step) || step < 1))
            {
                return null;
            }
            all.AddRange(indices.Where(index => (index - indices[0]) % step == 0));
        }
        return IndexRanges.Of(all);
    }
}
