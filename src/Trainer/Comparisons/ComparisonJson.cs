using Trainer.Results;

namespace Trainer.Comparisons;

/// <summary>A comparison as JSON, an object a line: groups, pairs, then warnings and problems.</summary>
internal static class ComparisonJson
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(Comparison comparison) =>
    [
        .. comparison.Groups.Select(group => JsonText.Line(new
        {
            Kind = "group",
            group.Label,
            ConfigHash = group.Group.Hash,
            DataSet = group.Group.Data.Name,
            DataHash = group.Group.Data.Hash,
            Runs = group.Group.Runs.Select(run => new { Folder = run.Folder.Path, run.Experiment.Seed, run.Status.State }),
            Seeds = group.Counted.Select(run => run.Experiment.Seed),
            group.Values,
            group.Spreads,
        })),
        .. comparison.Pairs.Select(pair => JsonText.Line(new { Kind = "pair", Metric = comparison.Metric.Key, Verdict = pair })),
        .. comparison.Warnings.Select(warning => JsonText.Line(new { Kind = "warning", Message = warning })),
        .. comparison.Problems.Select(problem => JsonText.Line(new { Kind = "problem", problem.Message })),
    ];
}
