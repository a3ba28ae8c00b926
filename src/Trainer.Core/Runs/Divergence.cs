using Trainer.Diagnostics;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Optimizers;

namespace Trainer.Runs;

/// <summary>Ends a run whose loss is no number any more.</summary>
internal static class Divergence
{
    /// <summary>Looks at the rows that the steps from <paramref name="first"/> to the one before <paramref name="end"/> met.</summary>
    /// <exception cref="DivergedException">The loss of one is infinite or not a number.</exception>
    public static void Check(RowResults results, EpochPlan plan, int epoch, int first, int end, DescentMethod optimizer)
    {
        for (int s = first; s < end; s++)
        {
            (int start, int count) = plan.Rows(s);
            foreach (float loss in results.Losses.AsSpan(start, count))
            {
                Check(loss, plan.FirstStep + s + 1, epoch, optimizer);
            }
        }
    }

    /// <summary>Looks at what was measured after <paramref name="step"/>.</summary>
    /// <exception cref="DivergedException">The loss is infinite or not a number.</exception>
    public static void Check(Evaluation? measured, long step, int epoch, DescentMethod optimizer)
    {
        if (measured is { } split)
        {
            Check(split.Loss, step, epoch, optimizer);
        }
    }

    /// <summary>Looks at one loss.</summary>
    /// <exception cref="DivergedException">It is infinite or not a number.</exception>
    private static void Check(double loss, long step, int epoch, DescentMethod optimizer)
    {
        if (!double.IsFinite(loss))
        {
            throw Failure(new DivergencePoint(epoch, step), double.IsNaN(loss), optimizer);
        }
    }

    /// <summary>The same failure, with the layer where it began.</summary>
    public static DivergedException Explained(DivergedException failure, DivergenceOrigin? origin, DescentMethod optimizer)
    {
        if (origin is null || failure.Point is not { } point)
        {
            return failure;
        }
        point = point with { Layer = origin.LayerNumber, Origin = origin.ToString() };
        return Failure(point, failure.IsNotANumber, optimizer);
    }

    private static DivergedException Failure(DivergencePoint point, bool isNotANumber, DescentMethod optimizer)
    {
        string began = point.Origin is { } origin ? $"it {origin}; " : "";
        string size = optimizer is LineSearch ? "t0" : "lr";
        return new DivergedException(
            FormattableString.Invariant($"diverged: the loss became {(isNotANumber ? "not a number" : "infinite")} in step {point.Step} (epoch {point.Epoch}); {began}try a smaller optimizer.{size}"), point, isNotANumber);
    }
}
