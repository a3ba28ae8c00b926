using Trainer.Devices;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;
using Trainer.TensorBoard;
using Trainer.Terminal;

namespace Trainer.Sessions;

/// <summary>A run from its first byte on disk to its picture, the same whether it runs alone or beside others. Whoever makes one
/// holds the folder's <see cref="RunLock"/>.</summary>
internal sealed class RunExecution
{
    private readonly PreparedRun _prepared;
    private readonly IEngine _engine;
    private readonly int? _threads;
    private readonly RunRecorder _recorder;
    private readonly DigestsRecorder _digests;
    private readonly DiagnosticsRecorder? _diagnostics;
    private readonly TensorBoardRecorder? _events;

    /// <summary>Empties the folder and writes what is known before the first epoch.</summary>
    /// <param name="prepared">What to do.</param>
    /// <param name="device">Where the engine runs.</param>
    /// <param name="engine">What computes. Made before this is: where the device fails, an earlier result stays.</param>
    /// <param name="command">The command line, for the manifest.</param>
    /// <param name="isAlone">Whether the process was started for this run.</param>
    /// <param name="threads">Threads that prepare its inputs, at most; null for as many as there are cores.</param>
    /// <exception cref="RunFailedException">The folder cannot be written.</exception>
    public RunExecution(PreparedRun prepared, DeviceChoice device, IEngine engine, IReadOnlyList<string> command, bool isAlone, int? threads = null)
    {
        _prepared = prepared;
        _engine = engine;
        _threads = threads;
        var manifest = new Manifest
        {
            Software = Software.Current(),
            Hardware = Hardware.Current(),
            Engine = engine.Description,
            Device = device.Name,
            DeviceReason = device.Reason,
            DataSet = prepared.Data.Name,
            DataHash = prepared.Data.Hash,
            DataOrigin = prepared.Data.Origin,
            Command = command,
            Started = DateTimeOffset.UtcNow,
        };
        _recorder = new RunRecorder(prepared.Folder, prepared.Experiment, prepared.Data, prepared.Setup.Shape, manifest, isAlone);
        _digests = new DigestsRecorder(prepared.Folder.Digests, prepared.Setup.Shape);
        _diagnostics = prepared.Experiment.Diagnostics
            ? new DiagnosticsRecorder(prepared.Folder.Diagnostics, prepared.Setup, engine, prepared.Experiment.Seed)
            : null;
        // After the recorder, which empties the folder.
        _events = prepared.Experiment.Tensorboard ? new TensorBoardRecorder(prepared.Folder.TensorBoard, prepared.Setup) : null;
    }

    /// <summary>Trains, records how it ended, and draws.</summary>
    /// <param name="display">Hears of everything that was recorded.</param>
    /// <param name="cancellation">Ends the run between two slices.</param>
    /// <exception cref="TrainerException">A run that went well cannot be recorded.</exception>
    public RunOutcome Execute(IRunObserver display, CancellationToken cancellation)
    {
        IRunObserver[] observers = [_digests, _recorder, .. new IRunObserver?[] { _diagnostics, _events }.OfType<IRunObserver>(), display];
        var run = new Run(_prepared.Experiment, _prepared.Setup, _diagnostics?.Engine ?? _engine, new Observers(observers), _prepared.Trace, _threads);
        try
        {
            _recorder.Complete(run.Execute(cancellation));
        }
        catch (OperationCanceledException)
        {
            _recorder.End(RunState.Interrupted, "interrupted by the user");
            return Drawn(RunState.Interrupted);
        }
        catch (Exception failure)
        {
            return Failed(failure);
        }
        return Drawn(RunState.Completed);
    }

    /// <summary>Notes a failure where that is still possible: the failure may be that the folder cannot be written.</summary>
    private RunOutcome Failed(Exception failure)
    {
        RunState state = failure is DivergedException ? RunState.Diverged : RunState.Failed;
        failure = failure is DeviceException lost ? new DeviceException(DeviceAccess.WithMend(lost), lost) : failure;
        try
        {
            _recorder.End(state, failure.Message);
            _recorder.Draw();
        }
        catch (TrainerException)
        {
            // The first failure is the one to tell.
        }
        return new RunOutcome(state, _recorder.Rows, _recorder.Best, Failure: failure);
    }

    private RunOutcome Drawn(RunState state)
    {
        var outcome = new RunOutcome(state, _recorder.Rows, _recorder.Best, _recorder.Stopped);
        try
        {
            _recorder.Draw();
            return outcome;
        }
        catch (TrainerException failure)
        {
            return outcome with { DrawingFailure = failure };
        }
    }
}
