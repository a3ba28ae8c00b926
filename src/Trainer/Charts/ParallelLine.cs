namespace Trainer.Charts;

/// <summary>A line across parallel axes.</summary>
/// <param name="Places">Where it meets each axis, as a part of its length from the foot; null where it has no value there.</param>
/// <param name="Colour">Its place in <see cref="Palette"/>; null for one of the many in the background.</param>
/// <param name="Label">What stands at its end; empty for nothing.</param>
internal sealed record ParallelLine(IReadOnlyList<double?> Places, int? Colour, string Label);
