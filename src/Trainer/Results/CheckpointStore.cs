using System.Diagnostics;
using System.Text.Json;
using Trainer.Diagnostics;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Runs;
using Trainer.Storage;

namespace Trainer.Results;

/// <summary>Keeps a run in its folder: the last two checkpoints, each whole on disk before the one before the last goes. Where the folder
/// takes none, the system's folder for temporary files may.</summary>
internal sealed class CheckpointStore : ICheckpointStore
{
    private const int Kept = 2;

    private readonly string _folder;
    private readonly Experiment _experiment;
    private readonly string _identity;
    private readonly string _dataHash;
    private readonly TrainingSetup _setup;
    private readonly int _stateCount;
    private readonly LastStepEngine? _lastStep;
    private readonly Action _flushLogs;
    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private readonly Stopwatch _sinceStart = Stopwatch.StartNew();
    private double _secondsBefore;

    /// <summary>For one run.</summary>
    /// <param name="folder">Where checkpoints lie.</param>
    /// <param name="experiment">What is done.</param>
    /// <param name="setup">The same, as the engine was made for.</param>
    /// <param name="dataHash">On which images.</param>
    /// <param name="stateCount">State vectors of the optimizer.</param>
    /// <param name="lastStep">What diagnostics keep of an epoch's last step; null without them.</param>
    /// <param name="flushLogs">Has the disk take what is recorded, which a checkpoint must not outlast.</param>
    public CheckpointStore(
        string folder, Experiment experiment, TrainingSetup setup, string dataHash, int stateCount, LastStepEngine? lastStep, Action flushLogs)
    {
        (_folder, _experiment, _setup, _dataHash, _stateCount, _lastStep, _flushLogs) =
            (folder, experiment, setup, dataHash, stateCount, lastStep, flushLogs);
        _identity = CheckpointFile.IdentityOf(experiment);
    }

    /// <summary>What was kept last; null while nothing was.</summary>
    public Checkpoint? Latest { get; private set; }

    /// <summary>Where the last checkpoint lies that its own folder did not take; null where there is none.</summary>
    public string? Refuge { get; private set; }

    /// <summary>How long the run has taken, in all the processes that were at work on it, as far as they could tell.</summary>
    public double Seconds => _secondsBefore + _sinceStart.Elapsed.TotalSeconds;

    /// <inheritdoc/>
    public bool IsDue(int epoch, int step)
    {
        Checkpointing when = _experiment.Checkpoint;
        return (step == 0 && epoch > 0 && when.Epochs > 0 && epoch % when.Epochs == 0)
            || (when.Minutes > 0 && _sinceLast.Elapsed.TotalMinutes >= when.Minutes);
    }

    /// <inheritdoc/>
    public void Save(Checkpoint checkpoint)
    {
        try
        {
            _flushLogs();
            Write(checkpoint, _folder);
        }
        catch (RunFailedException)
        {
            Refuge = TryElsewhere(checkpoint);
            throw;
        }
        _sinceLast.Restart();
        Latest = checkpoint;
        Remove(places => places.Skip(Kept));
    }

    /// <summary>Reads a checkpoint of this run back.</summary>
    /// <exception cref="RunFailedException">It is broken, or none of this run; the message says so.</exception>
    /// <exception cref="ConfigException">It was written by another version of this program.</exception>
    public Checkpoint Read(CheckpointPlace place)
    {
        CheckpointFile file = Describe(place);
        if (file.Format != CheckpointFile.Version)
        {
            // To begin again would throw away what another version can go on with.
            throw new ConfigException(
                $"{place.Description}: was written by another version of this program (format {file.Format}, known is {CheckpointFile.Version}); go on with that version, or begin again with --force");
        }
        if (!file.IsWhole())
        {
            throw new RunFailedException($"{place.Description}: not the file that was written: its hash is another");
        }
        if (file.Experiment != _identity || file.DataHash != _dataHash)
        {
            throw new RunFailedException($"{place.Description}: is of another run");
        }
        if ((file.Epoch, file.Step) != (place.Epoch, place.Step) || file.HasLastStep && _lastStep is null || !file.IsPossible(_setup.Data.Train.Count))
        {
            throw new RunFailedException($"{place.Description}: does not go with its name or with this run");
        }
        var network = new NetworkState(_setup, _stateCount);
        float[]? before = file.HasLastStep ? new float[_setup.Shape.ParameterCount] : null;
        TensorFile.Read(place.Arrays, file.ArraysHash, Arrays(network, before));
        if (before is not null)
        {
            _lastStep!.Resume(before, network.Parameters);
        }
        // Those behind it were no good, or hold what the lines recorded so far do not reach; they must not count among the last two.
        Remove(places => places.TakeWhile(other => (other.Epoch, other.Step).CompareTo((file.Epoch, file.Step)) > 0));
        _secondsBefore = file.Seconds;
        _sinceStart.Restart();
        return Latest = new Checkpoint(
            file.Epoch, new EpochPart(file.Step, file.LossSum, file.Correct, TimeSpan.FromSeconds(file.TrainingSeconds)), network);
    }

    /// <summary>Removes the checkpoints of a run that needs them no more.</summary>
    public void Clear() => Remove(places => places);

    private void Write(Checkpoint checkpoint, string folder)
    {
        var place = new CheckpointPlace(folder, checkpoint.Epoch, checkpoint.Part.Step);
        // Behind the last step of an epoch that is not recorded yet, its diagnostics are still to be measured.
        float[]? before = checkpoint.Part.Step > 0 && _lastStep is { HasStep: true } ? _lastStep.Before : null;
        string hash = TensorFile.Write(place.Arrays, Arrays(checkpoint.Network, before));
        AtomicFile.WriteText(place.Description, JsonText.File(new CheckpointFile
        {
            Format = CheckpointFile.Version,
            Experiment = _identity,
            DataHash = _dataHash,
            Epoch = checkpoint.Epoch,
            Step = checkpoint.Part.Step,
            LossSum = checkpoint.Part.LossSum,
            Correct = checkpoint.Part.Correct,
            TrainingSeconds = checkpoint.Part.Training.TotalSeconds,
            Seconds = Math.Round(Seconds, 3),
            ArraysHash = hash,
            HasLastStep = before is not null,
        }.Signed()));
    }

    /// <summary>A folder of nobody else's where there is still room, perhaps; null where there is none.</summary>
    private string? TryElsewhere(Checkpoint checkpoint)
    {
        string? refuge = null;
        try
        {
            refuge = Directory.CreateTempSubdirectory($"trainer-{_experiment.Name}-").FullName;
            Write(checkpoint, refuge);
            return refuge;
        }
        catch (Exception failure) when (failure is RunFailedException || WriteFailure.IsOne(failure))
        {
            Discard(refuge);
            return null;
        }
    }

    private static void Discard(string? refuge)
    {
        try
        {
            if (refuge is not null)
            {
                DiskFolder.Remove(refuge);
            }
        }
        catch (Exception failure) when (WriteFailure.IsOne(failure))
        {
            // It is in the system's folder for what nobody needs.
        }
    }

    private static IReadOnlyList<(string Name, float[] Values)> Arrays(NetworkState network, float[]? before) =>
    [
        ("parameters", network.Parameters),
        .. network.Optimizer.Select((state, index) => (FormattableString.Invariant($"optimizer.{index}"), state)),
        .. network.Statistics.Length > 0 ? new[] { ("statistics", network.Statistics) } : [],
        .. network.Average is { } average ? new[] { ("average", average) } : [],
        .. before is not null ? new[] { ("before_last_step", before) } : [],
    ];

    /// <summary>What lies beside a checkpoint's arrays.</summary>
    /// <exception cref="RunFailedException">It cannot be read.</exception>
    public static CheckpointFile Describe(CheckpointPlace place)
    {
        try
        {
            return JsonText.Parse<CheckpointFile>(RecordedFile.ReadText(place.Description, RecordedFile.LongestJson))
                ?? throw new RunFailedException($"{place.Description}: is not the description of a checkpoint");
        }
        catch (JsonException failure)
        {
            throw new RunFailedException($"{place.Description}: is not the description of a checkpoint", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{place.Description}: cannot be read: {failure.Message}", failure);
        }
    }

    private void Remove(Func<IReadOnlyList<CheckpointPlace>, IEnumerable<CheckpointPlace>> which)
    {
        try
        {
            WriteFailure.Retry(() =>
            {
                foreach (CheckpointPlace place in which(CheckpointPlace.All(_folder)))
                {
                    place.Delete();
                }
            });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed takes room and does no harm.
        }
    }
}
