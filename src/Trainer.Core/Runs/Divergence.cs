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
    /// <exception cref="DivergedException">A loss is infinite or not a number.</exception>
    public static void Check(IEnumerable<Evaluation?> measured, long step, int epoch, DescentMethod optimizer)
    {
        foreach (Evaluation split in measured.OfType<Evaluation>())
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
            string size = optimizer is LineSearch ? "t0" : "lr";
            throw new DivergedException(
                $"diverged: the loss became {(double.IsNaN(loss) ? "not a number" : "infinite")} in step {step} (epoch {epoch}); try a smaller optimizer.{size}");
        }
    }
}
