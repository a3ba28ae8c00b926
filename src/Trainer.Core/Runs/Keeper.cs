using Trainer.Engines;

namespace Trainer.Runs;

/// <summary>Holds the last good state of a run, and has it kept when that is due or the run is asked to stop.</summary>
/// <param name="setup">What the engine was made for.</param>
/// <param name="engine">What computes.</param>
/// <param name="store">Where runs are kept; null for nowhere.</param>
internal sealed class Keeper(TrainingSetup setup, IEngine engine, ICheckpointStore? store)
{
    // Read into while the last good state stays where it is.
    private NetworkState _spare = new(setup, engine.StateCount);
    private bool _isSaved;

    /// <summary>The last state that was taken: every loss up to there was finite. Null before the first.</summary>
    public Checkpoint? Last { get; private set; }

    /// <summary>Begins from a checkpoint instead of the untrained network.</summary>
    public void Resume(Checkpoint checkpoint)
    {
        checkpoint.Network.Write(engine);
        Take(checkpoint.Epoch, checkpoint.Part);
        _isSaved = true;
    }

    /// <summary>Between two slices of an epoch.</summary>
    /// <param name="epoch">The last recorded epoch.</param>
    /// <param name="part">What was done of the next one.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="OperationCanceledException">Asked to stop, and kept.</exception>
    public void AfterSlice(int epoch, EpochPart part, CancellationToken cancellation)
    {
        bool stops = cancellation.IsCancellationRequested;
        if ((stops || store?.IsDue(epoch, part.Step) == true) && Take(epoch, part))
        {
            Save();
        }
        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Behind a recorded epoch.</summary>
    public void AfterEpoch(int epoch)
    {
        if (Take(epoch, default) && store?.IsDue(epoch, 0) == true)
        {
            Save();
        }
    }

    /// <summary>An epoch was trained and could not be measured or recorded: keeps what was trained.</summary>
    public void Rescue(int epoch, EpochPart part)
    {
        if (Take(epoch, part))
        {
            Save();
        }
    }

    /// <summary>Keeps the last state that was taken, where that has not happened yet.</summary>
    public void Save()
    {
        if (Last is not null && !_isSaved)
        {
            store?.Save(Last);
            _isSaved = true;
        }
    }

    /// <summary>A step can leave numbers that are not finite behind losses that still were: such a state is not good, and the one
    /// before stays.</summary>
    private bool Take(int epoch, EpochPart part)
    {
        _spare.Read(engine);
        if (!IsFinite(_spare.Parameters))
        {
            return false;
        }
        NetworkState taken = _spare;
        _spare = Last?.Network ?? new NetworkState(setup, engine.StateCount);
        Last = new Checkpoint(epoch, part, taken);
        _isSaved = false;
        return true;
    }

    private static bool IsFinite(ReadOnlySpan<float> parameters)
    {
        foreach (float parameter in parameters)
        {
            if (!float.IsFinite(parameter))
            {
                return false;
            }
        }
        return true;
    }
}
