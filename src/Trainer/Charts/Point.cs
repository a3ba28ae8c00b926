namespace Trainer.Charts;

/// <summary>A place in the picture; y grows downwards.</summary>
/// <param name="X">Distance from the left edge.</param>
/// <param name="Y">Distance from the upper edge.</param>
internal readonly record struct Point(double X, double Y);
