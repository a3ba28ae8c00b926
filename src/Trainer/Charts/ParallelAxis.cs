namespace Trainer.Charts;

/// <summary>One of several upright axes side by side.</summary>
/// <param name="Name">What it counts.</param>
/// <param name="Ticks">Its numbered places: the part of its length from the foot, 0 to 1, and the text.</param>
internal sealed record ParallelAxis(string Name, IReadOnlyList<(double Place, string Text)> Ticks);
