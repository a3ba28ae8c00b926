namespace Trainer.Charts;

/// <summary>A place on an axis that carries a number.</summary>
/// <param name="Value">Where.</param>
/// <param name="Label">The number as it is written.</param>
internal readonly record struct Tick(double Value, string Label);
