using Trainer.Data;

namespace Trainer.Engines;

/// <summary>The checks that every engine makes at its door.</summary>
internal static class EngineArguments
{
    /// <summary>The first step of <paramref name="steps"/> and the one behind the last, after checking the plan against the setup.</summary>
    /// <exception cref="ArgumentException">The plan does not fit.</exception>
    public static (int First, int End) Check(TrainingSetup setup, EpochPlan plan, Range steps, RowResults results)
    {
        if (plan.BatchSize > setup.BatchSize)
        {
            throw new ArgumentException($"batches of {plan.BatchSize} rows, but the engine was set up for {setup.BatchSize}");
        }
        if (results.Losses.Length < plan.Order.Length)
        {
            throw new ArgumentException($"results for {results.Losses.Length} rows, but the plan has {plan.Order.Length}");
        }
        if (setup.Network.BatchNorm is not null && plan.BatchSize is var size && (size == 1 || plan.Order.Length % size == 1))
        {
            throw new ArgumentException($"batch normalisation needs more than one row ({plan.Order.Length} rows in batches of {size})");
        }
        (int first, int length) = steps.GetOffsetAndLength(plan.StepCount);
        int start = Math.Min(first * plan.BatchSize, plan.Order.Length);
        int end = (int)Math.Min((first + (long)length) * plan.BatchSize, plan.Order.Length);
        foreach (int row in plan.Order.AsSpan(start..end))
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)setup.Data.Train.Count, nameof(plan));
        }
        return (first, first + length);
    }

    /// <summary>The split, the first row of <paramref name="rows"/> and the one behind the last.</summary>
    /// <exception cref="ArgumentException">There is no such split or row, or the results are too short.</exception>
    public static (Split Split, int First, int End) Check(TrainingSetup setup, SplitName name, Range rows, RowResults results)
    {
        Split split = setup.Data[name];
        (int first, int length) = rows.GetOffsetAndLength(split.Count);
        if (results.Losses.Length < first + length)
        {
            throw new ArgumentException($"results for {results.Losses.Length} rows, but row {first + length - 1} was asked for");
        }
        return (split, first, first + length);
    }

    /// <summary>Checks what a gradient is asked for.</summary>
    /// <exception cref="ArgumentException">No row is given, or there is not room for a number for each parameter.</exception>
    public static void CheckGradient(TrainingSetup setup, ReadOnlySpan<int> rows, int length)
    {
        if (rows.IsEmpty)
        {
            throw new ArgumentException("no rows, and so no mean over them");
        }
        CheckLength(setup, length);
    }

    /// <summary>Checks what state is asked for.</summary>
    /// <exception cref="ArgumentException">There is no such state vector, or the length is not the number of parameters.</exception>
    public static void CheckState(TrainingSetup setup, int index, int count, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)count, nameof(index));
        CheckLength(setup, length);
    }

    /// <summary>Checks the length of a vector of statistics.</summary>
    /// <exception cref="ArgumentException">It is not that of the shape's.</exception>
    public static void CheckStatistics(TrainingSetup setup, int length)
    {
        if (length != setup.Shape.StatisticsCount)
        {
            throw new ArgumentException($"{setup.Shape} has {setup.Shape.StatisticsCount} statistics, not {length}");
        }
    }

    /// <summary>Checks that there is an average of the parameters, and its length.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    /// <exception cref="ArgumentException">The length is not the number of parameters.</exception>
    public static void CheckAverage(TrainingSetup setup, int length)
    {
        if (setup.Average is null)
        {
            throw new InvalidOperationException("no average of the parameters is kept");
        }
        CheckLength(setup, length);
    }

    /// <summary>Checks the length of a flat vector.</summary>
    /// <exception cref="ArgumentException">It is not the number of parameters.</exception>
    public static void CheckLength(TrainingSetup setup, int length)
    {
        if (length != setup.Shape.ParameterCount)
        {
            throw new ArgumentException($"{setup.Shape} has {setup.Shape.ParameterCount} parameters, not {length}");
        }
    }
}
