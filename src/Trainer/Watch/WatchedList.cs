using Trainer.Catalogs;

namespace Trainer.Watch;

/// <summary>The answer to "which runs are there".</summary>
/// <param name="Root">The folder that is watched.</param>
/// <param name="Runs">The runs.</param>
/// <param name="Problems">What is there and cannot be read, a line each.</param>
internal sealed record WatchedList(string Root, IReadOnlyList<WatchedRun> Runs, IReadOnlyList<string> Problems)
{
    /// <summary>The most problems that are told one by one.</summary>
    public const int MostProblems = 20;

    /// <summary>The lines of some problems, the last of which says how many more there are.</summary>
    public static IReadOnlyList<string> Told(IReadOnlyList<CatalogProblem> problems) => problems.Count <= MostProblems
        ? [.. problems.Select(problem => problem.Message)]
        : [.. problems.Take(MostProblems).Select(problem => problem.Message), $"and {problems.Count - MostProblems} more"];
}
