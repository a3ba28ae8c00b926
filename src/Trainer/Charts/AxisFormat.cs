namespace Trainer.Charts;

/// <summary>How an axis writes its numbers.</summary>
internal enum AxisFormat
{
    /// <summary>With as many decimals as the ticks need.</summary>
    Number,

    /// <summary>A fraction 0 … 1 as 0% … 100%.</summary>
    Percent,

    /// <summary>Whole numbers; ticks fall on nothing else.</summary>
    Integer,
}
