namespace Trainer.Benchmarks.Queues;

/// <summary>A task of an array on its way: some cells, trained one after the other.</summary>
/// <param name="number">Among all tasks, from 0.</param>
/// <param name="array">Its array, from 0.</param>
/// <param name="epochTimes">How long an epoch of each of its cells takes.</param>
/// <param name="epochs">How many epochs a cell has.</param>
/// <param name="checkpointEpochs">A checkpoint after every so many; 0 for none.</param>
internal sealed class QueueTask(int number, int array, IReadOnlyList<long> epochTimes, int epochs, int checkpointEpochs)
{
    /// <summary>Among all tasks, from 0.</summary>
    public int Number { get; } = number;

    /// <summary>Its array, from 0.</summary>
    public int Array { get; } = array;

    /// <summary>All that it has to train.</summary>
    public long Work { get; } = epochTimes.Sum() * epochs;

    /// <summary>How much of <see cref="Work"/> is on the disk.</summary>
    public long Kept { get; private set; }

    /// <summary>How often it was started.</summary>
    public int Starts { get; set; }

    /// <summary>Whether the start that goes on, or went on last, is its last.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Cells that are not done.</summary>
    public int Unfinished
    {
        get
        {
            long start = 0;
            int done = 0;
            while (done < epochTimes.Count && start + (epochTimes[done] * epochs) <= Kept)
            {
                start += epochTimes[done++] * epochs;
            }
            return epochTimes.Count - done;
        }
    }

    /// <summary>It has trained for <paramref name="time"/> and leaves a checkpoint.</summary>
    public void Keep(long time) => Kept += time;

    /// <summary>It has trained for <paramref name="time"/> and is gone: what remains is the last checkpoint.</summary>
    /// <returns>What is lost.</returns>
    public long Lose(long time)
    {
        long reached = Kept + time;
        long start = 0;
        foreach (long epochTime in epochTimes)
        {
            long end = start + (epochTime * epochs);
            if (end > reached)
            {
                long step = epochTime * checkpointEpochs;
                // A signal may have left one in the middle of an epoch.
                Kept = Math.Max(Kept, step == 0 ? start : start + ((reached - start) / step * step));
                break;
            }
            start = end;
        }
        return reached - Kept;
    }
}
