using Trainer.Data;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Verification.Checks;

/// <summary>Trained again, in memory, the run comes to what is recorded: every value of every epoch, and every tensor.</summary>
/// <param name="create">Makes the engine.</param>
/// <param name="range">The epochs to compare; null for all.</param>
/// <param name="threads">Threads that prepare inputs, at most; null for as many as there are cores.</param>
/// <param name="progress">Told of each epoch, and of the last one to come.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class RerunCheck(
    Func<TrainingSetup, IEngine> create, EpochRange? range, int? threads, Action<int, int> progress, CancellationToken cancellation) : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "rerun";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        if (run.Rows.Count == 0)
        {
            return CheckOutcome.NotChecked("no epoch was recorded");
        }
        if (run.Data is not { } data)
        {
            return CheckOutcome.NotChecked(run.DataAbsence ?? "");
        }
        if (RecordedDataSet.Of(run.Folder).Hash != data.Hash)
        {
            return CheckOutcome.NotChecked("the data set at hand is another than that of the manifest");
        }
        int last = run.Rows.Max(row => row.Epoch);
        EpochRange compared = range is null ? new EpochRange(0, last) : range with { Last = Math.Min(range.Last, last) };
        return compared.First <= compared.Last ? Train(run, data, compared, last)
            : throw new ConfigException(FormattableString.Invariant($"--epochs: {range} of {run.Folder.Path} is not recorded, the last one is {last}"));
    }

    private CheckOutcome Train(VerifiedRun run, DataSet data, EpochRange compared, int last)
    {
        TrainingSetup setup = SetupOf(run, data);
        using IEngine engine = create(setup);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bool mayEnd = compared.Last == last && run.Status.State is RunState.Completed or RunState.Diverged;
        var observer = new RerunObserver(run, compared, mayEnd, stop.Cancel, epoch => progress(epoch, compared.Last));
        string? end = null;
        try
        {
            var again = new Run(run.Experiment, setup, engine, observer, traceSteps: 0, threads)
            {
                InitialNetwork = run.BeginsWithOthers ? run.Initial.ToArray() : null,
            };
            RunStop? stopped = again.Execute(stop.Token);
            end = mayEnd ? EndProblem(run, observer, stopped) : null;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            end = mayEnd && observer.Differences.Count == 0
                ? FormattableString.Invariant($"epoch {last + 1}: is trained, though the run {run.Status.State.ToString().ToLowerInvariant()} before its end") : null;
        }
        catch (TrainerException failure) when (failure is DivergedException or RunFailedException)
        {
            end = mayEnd && observer.LastEpoch == last && run.Status.Message == failure.Message ? null
                : FormattableString.Invariant($"epoch {observer.LastEpoch + 1}: trained again it ends with: {failure.Message}");
        }
        return CheckOutcome.Of(
            $"{compared} trained again ({engine.Description}), every value{(observer.HasDigests ? " and every tensor" : "")} the same",
            [.. observer.Differences, end]);
    }

    /// <summary>Compares how the run came to its end with what is recorded of that.</summary>
    private static string? EndProblem(VerifiedRun run, RerunObserver observer, RunStop? stopped)
    {
        string file = run.NameOf(run.Folder.Status);
        string? reason = stopped?.Describe(run.Experiment.Epochs);
        return observer.Differences.Count > 0 || (run.IsComplete && run.Status.Message == reason) ? null
            : FormattableString.Invariant($"the end differs: {file} has {run.Status.State.ToString().ToLowerInvariant()} ({run.Status.Message ?? "no message"}), trained again it ends after epoch {observer.LastEpoch} ({reason ?? "all epochs done"})");
    }

    private static TrainingSetup SetupOf(VerifiedRun run, DataSet data)
    {
        try
        {
            return Run.Setup(run.Experiment, data).Checked();
        }
        catch (Exception failure) when (failure is ConfigException or ArgumentException)
        {
            throw new ConfigException($"{run.Folder.Config}: {failure.Message}", failure);
        }
    }
}
