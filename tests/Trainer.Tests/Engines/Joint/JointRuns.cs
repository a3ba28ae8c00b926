using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Reference;
using Trainer.Runs;

namespace Trainer.Tests.Engines.Joint;

/// <summary>Whole runs on threads of their own, and the same runs one by one.</summary>
internal static class JointRuns
{
    // Only runs that wait for one another for ever take as long.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>The setups of experiments.</summary>
    public static TrainingSetup[] Setups(IEnumerable<Experiment> experiments, DataSet data) =>
        [.. experiments.Select(experiment => Run.Setup(experiment, data))];

    /// <summary>What becomes of each experiment by itself, by the plain loops.</summary>
    public static RunOutcome[] Alone(IReadOnlyList<Experiment> experiments, DataSet data) =>
        [.. experiments.Zip(Setups(experiments, data), (experiment, setup) => RunOutcome.Of(experiment, setup, ReferenceEngine.Create(setup)))];

    /// <summary>What becomes of them when they go on at the same time.</summary>
    public static Task<RunOutcome[]> Together(IReadOnlyList<Experiment> experiments, DataSet data, IReadOnlyList<IEngine> engines)
    {
        TrainingSetup[] setups = Setups(experiments, data);
        return Together([.. engines.Select((engine, k) => (Func<RunOutcome>)(() => RunOutcome.Of(experiments[k], setups[k], engine)))]);
    }

    /// <summary>What comes of work, each on a thread of its own.</summary>
    public static Task<T[]> Together<T>(IReadOnlyList<Func<T>> works) =>
        Task.WhenAll(works.Select(work => Task.Factory.StartNew(
            work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))).WaitAsync(Patience);
}
