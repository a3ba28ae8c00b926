namespace Trainer.Benchmarks.Racing;

/// <summary>Which settings of a peer are worth more than a trial.</summary>
internal static class SettingChoice
{
    /// <summary>How many are kept: one trial may have had bad luck.</summary>
    public const int Most = 2;

    // Beyond this ratio to the best, no luck makes up for it.
    private const double Hopeless = 2;

    // A trial is stopped once it has taken so many times the best one, and this long on top.
    private const double StoppedAt = 4;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>The best of the trials, in order, and only those near the best.</summary>
    public static IReadOnlyList<TSetting> Best<TSetting>(IReadOnlyList<(TSetting Setting, double Value)> trials) =>
        [.. trials.OrderBy(trial => trial.Value).Take(Most).Where(trial => trial.Value <= Hopeless * trials.Min(other => other.Value)).Select(trial => trial.Setting)];

    /// <summary>How long the next trial may take.</summary>
    /// <param name="best">The seconds of the best trial so far.</param>
    public static TimeSpan Limit(double best) => TimeSpan.FromSeconds(StoppedAt * best) + Grace;
}
