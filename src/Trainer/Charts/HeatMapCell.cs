namespace Trainer.Charts;

/// <summary>One cell of a <see cref="HeatMap"/>.</summary>
/// <param name="Text">What stands in it.</param>
/// <param name="Shade">How strongly it is coloured, 0 to 1.</param>
/// <param name="Colour">Its place in <see cref="Palette"/>.</param>
internal sealed record HeatMapCell(string Text, double Shade, int Colour);
