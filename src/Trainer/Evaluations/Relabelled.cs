using Trainer.Data;
using Trainer.Engines;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Evaluations;

/// <summary>Rows with other labels than the data set gives them.</summary>
internal static class Relabelled
{
    /// <summary>The rows of <paramref name="split"/> with the labels <paramref name="labels"/>.</summary>
    public static Split With(Split split, ReadOnlySpan<int> labels)
    {
        byte[] changed = [.. split.Source.Labels];
        for (int row = 0; row < split.Count; row++)
        {
            changed[split.Images[row]] = (byte)labels[row];
        }
        return new Split(new ImageSet(split.Source.Pixels, changed, split.Source.Rows, split.Source.Columns), split.Images);
    }

    /// <summary>Loss and prediction of rows that are none of the run's own.</summary>
    public static RowResults Evaluate(TrainedRun run, Func<TrainingSetup, IEngine> create, Split rows, CancellationToken cancellation)
    {
        // Nothing is trained: the same rows stand where the training rows would.
        var data = new SplitSet(rows, null, rows);
        using IEngine engine = run.CreateEngine(create, data);
        return SplitScan.Evaluate(engine, data, SplitName.Test, cancellation);
    }
}
