using Trainer.Data;

namespace Trainer.Engines.Joint;

/// <summary>What one network waits for: steps of an epoch, or rows of a split.</summary>
internal sealed class JointCall
{
    private JointCall(EpochPlan? plan, SplitName split, int first, int end, RowResults results) =>
        (Plan, Split, Next, End, Results) = (plan, split, first, end, results);

    /// <summary>What is trained; null where a split is evaluated.</summary>
    public EpochPlan? Plan { get; }

    /// <summary>What is evaluated, where there is no plan.</summary>
    public SplitName Split { get; }

    /// <summary>Room for what comes of the rows.</summary>
    public RowResults Results { get; }

    /// <summary>The first step (or row) that is still to be done.</summary>
    public int Next { get; private set; }

    /// <summary>The step (or row) behind the last.</summary>
    public int End { get; }

    /// <summary>Whether nothing is left to be done.</summary>
    public bool IsDone => Next >= End;

    /// <summary>The steps from <paramref name="first"/> to the one before <paramref name="end"/>.</summary>
    public static JointCall Train(EpochPlan plan, int first, int end, RowResults results) => new(plan, default, first, end, results);

    /// <summary>The rows from <paramref name="first"/> to the one before <paramref name="end"/>.</summary>
    public static JointCall Evaluate(SplitName split, int first, int end, RowResults results) => new(null, split, first, end, results);

    /// <summary>Whether one joint call can serve both, where they have steps (or rows) in common.</summary>
    public bool GoesWith(JointCall other) => Plan is null || other.Plan is null
        ? Plan == other.Plan && Split == other.Split
        : Plan.BatchSize == other.Plan.BatchSize && Plan.Order.Length == other.Plan.Order.Length
            && Plan.Inputs is null == other.Plan.Inputs is null;

    /// <summary>Says that all before <paramref name="end"/> is done.</summary>
    public void Advance(int end) => Next = end;
}
