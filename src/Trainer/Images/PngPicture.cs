namespace Trainer.Images;

/// <summary>A PNG's pixels, a byte a channel whatever the file had.</summary>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Channels">1 grey, 2 grey and alpha, 3 red, green and blue, 4 those and alpha.</param>
/// <param name="Pixels">Channels · Width · Height bytes, row by row from the top.</param>
internal sealed record PngPicture(int Width, int Height, int Channels, byte[] Pixels);
