using Trainer.Devices;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;
using Trainer.TensorBoard;
using Trainer.Terminal;

namespace Trainer.Sessions;

/// <summary>A run from its first byte on disk to its picture, the same whether it runs alone or beside others, from its beginning or from
/// where it was stopped. Whoever makes one holds the folder's <see cref="RunLock"/>.</summary>
internal sealed class RunExecution
{
    private readonly PreparedRun _prepared;
    private readonly IEngine _engine;
    private readonly int? _threads;
    private readonly RunRecorder _recorder;
    private readonly IReadOnlyList<IRunLog> _logs;
    private readonly CheckpointStore _checkpoints;
    private readonly Resumption? _from;

    /// <summary>Reads where the run goes on, or empties the folder; and writes what is known before the first epoch.</summary>
    /// <param name="prepared">What to do.</param>
    /// <param name="device">Where the engine runs.</param>
    /// <param name="engine">What computes. Made before this is: where the device fails, an earlier result stays.</param>
    /// <param name="start">How it begins.</param>
    /// <param name="command">The command line, for the manifest.</param>
    /// <param name="isAlone">Whether the process was started for this run.</param>
    /// <param name="threads">Threads that prepare its inputs, at most; null for as many as there are cores.</param>
    /// <exception cref="RunFailedException">The folder cannot be written.</exception>
    public RunExecution(
        PreparedRun prepared, DeviceChoice device, IEngine engine, RunStart start, IReadOnlyList<string> command, bool isAlone, int? threads = null)
    {
        (_prepared, _threads) = (prepared, threads);
        Manifest manifest = ManifestOf(prepared, device, engine, command);
        _recorder = new RunRecorder(prepared.Folder, prepared.Experiment, prepared.Data, prepared.Setup.Shape, manifest, isAlone);
        DiagnosticsRecorder? diagnostics = prepared.Experiment.Diagnostics
            ? new DiagnosticsRecorder(prepared.Folder.Diagnostics, prepared.Setup, engine, prepared.Experiment.Seed)
            : null;
        _engine = diagnostics?.Engine ?? engine;
        // Digests before metrics, so that an epoch that is trained again and differs is told by its tensor.
        _logs =
        [
            new DigestsRecorder(prepared.Folder.Digests, prepared.Setup.Shape),
            _recorder,
            .. diagnostics is null ? Array.Empty<IRunLog>() : [diagnostics],
            .. prepared.Experiment.Tensorboard ? new IRunLog[] { new TensorBoardRecorder(prepared.Folder.TensorBoard, prepared.Setup) } : [],
        ];
        _checkpoints = new CheckpointStore(
            prepared.Folder.Checkpoints, prepared.Experiment, prepared.Setup, prepared.Data.Hash, engine.StateCount, diagnostics?.Engine, Flush);
        _from = new RunContinuation(prepared, start, _recorder, _logs, _checkpoints).Find(Problems);
        if (_from is null)
        {
            foreach (IRunLog log in _logs)
            {
                log.Begin();
            }
            if (prepared.InitialNetwork is { } network)
            {
                SafetensorsFile.Write(prepared.Folder.InitialWeights, prepared.Setup.Shape, network, new Dictionary<string, string>());
            }
        }
        else
        {
            _recorder.Continue(new Continuation(
                _from.Checkpoint.Epoch, _from.Checkpoint.Part.Step, DateTimeOffset.UtcNow, engine.Description, device.Name, Environment.MachineName, Software.Current(), command));
        }
    }

    /// <summary>Where it goes on; null where it begins at the beginning.</summary>
    public Checkpoint? From => _from?.Checkpoint;

    /// <summary>Why it does not go on from a newer checkpoint, or at all, a line each.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Trains, records how it ended, and draws.</summary>
    /// <param name="display">Hears of everything that was recorded.</param>
    /// <param name="cancellation">Ends the run between two slices, after a checkpoint.</param>
    /// <exception cref="TrainerException">A run that went well cannot be recorded.</exception>
    public RunOutcome Execute(IRunObserver display, CancellationToken cancellation)
    {
        var run = new Run(
            _prepared.Experiment, _prepared.Setup, _engine, new Observers([.. _logs, display]), _prepared.Trace, _threads, _checkpoints)
        {
            From = _from,
            InitialNetwork = _prepared.InitialNetwork,
        };
        try
        {
            RunStop? stop = run.Execute(cancellation);
            // A summary says that all is there, and must not outlast it.
            Flush();
            _recorder.Complete(stop, _checkpoints.Seconds);
            _checkpoints.Clear();
        }
        catch (OperationCanceledException)
        {
            return Interrupted();
        }
        catch (Exception failure)
        {
            return Failed(failure);
        }
        return Drawn(new RunOutcome(RunState.Completed, _recorder.Rows, _recorder.Best, _recorder.Stopped));
    }

    private static Manifest ManifestOf(PreparedRun prepared, DeviceChoice device, IEngine engine, IReadOnlyList<string> command) => new()
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

    private void Flush()
    {
        foreach (IRunLog log in _logs)
        {
            log.Flush();
        }
    }

    private RunOutcome Interrupted()
    {
        Checkpoint? kept = _checkpoints.Latest;
        string message = kept is null ? "interrupted before the first checkpoint" : $"interrupted; goes on from {kept.Place}";
        _recorder.End(RunState.Interrupted, message, _checkpoints.Seconds);
        return Drawn(new RunOutcome(RunState.Interrupted, _recorder.Rows, _recorder.Best, _recorder.Stopped, Kept: kept));
    }

    /// <summary>Notes a failure where that is still possible: the failure may be that the folder cannot be written.</summary>
    private RunOutcome Failed(Exception failure)
    {
        RunState state = failure is DivergedException ? RunState.Diverged : RunState.Failed;
        failure = failure switch
        {
            DeviceException lost => new DeviceException(DeviceAccess.WithMend(lost), lost),
            RunFailedException lost when _checkpoints.Refuge is { } refuge => new RunFailedException(
                $"{lost.Message}; the run is kept in {refuge}: 'trainer resume {_prepared.Folder.Path} --checkpoints {refuge}' goes on from there, on {Environment.MachineName}", lost),
            _ => failure,
        };
        try
        {
            _recorder.End(state, failure.Message, _checkpoints.Seconds, (failure as DivergedException)?.Point);
            _recorder.Draw();
        }
        catch (TrainerException)
        {
            // The first failure is the one to tell.
        }
        return new RunOutcome(state, _recorder.Rows, _recorder.Best, Failure: failure);
    }

    private RunOutcome Drawn(RunOutcome outcome)
    {
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
