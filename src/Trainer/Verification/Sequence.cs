namespace Trainer.Verification;

/// <summary>Lines that must be there each exactly once and in order.</summary>
internal static class Sequence
{
    /// <summary>What is wrong first; null where nothing is.</summary>
    /// <param name="file">The file, for the message.</param>
    /// <param name="found">What each line is, as "epoch 3".</param>
    /// <param name="expected">What the line of that index must be.</param>
    /// <param name="headers">Lines before the first.</param>
    public static string? FirstProblem(string file, IReadOnlyList<string> found, Func<int, string> expected, int headers = 1)
    {
        for (int k = 0; k < found.Count; k++)
        {
            string belongs = expected(k);
            if (found[k] == belongs)
            {
                continue;
            }
            string line = FormattableString.Invariant($"{file}({k + 1 + headers})");
            return found.Take(k).Contains(found[k]) ? $"{line}: {found[k]} is there twice"
                : found.Skip(k).Contains(belongs) ? $"{line}: {found[k]} stands where {belongs} belongs"
                : $"{line}: {belongs} is missing";
        }
        return null;
    }

    /// <summary>That the last line is another than the run ended with; null where it is not, or where the run is unfinished: it may
    /// have been ended between two files, and they are made equal when it goes on.</summary>
    public static string? TailProblem(VerifiedRun run, string file, int count, int expected, Func<int, string> name) =>
        !run.IsComplete || count == expected ? null
        : count < expected ? $"{file}: ends before {name(expected - 1)}, with which the run completed"
        : $"{file}: goes on to {name(count - 1)}, though the run completed with {name(expected - 1)}";
}
