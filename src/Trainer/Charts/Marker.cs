namespace Trainer.Charts;

/// <summary>Points out a place: a vertical line across the panel, or a ring about one point.</summary>
/// <param name="Label">A few words beside it; empty for none.</param>
/// <param name="X">Place on the horizontal axis.</param>
/// <param name="Y">Value of the point to ring; null for a vertical line.</param>
internal sealed record Marker(string Label, double X, double? Y = null);
