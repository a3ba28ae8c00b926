namespace Trainer.Images;

/// <summary>A user's image as a network takes it, and what was done to it.</summary>
/// <param name="File">Where it comes from.</param>
/// <param name="Index">Its place in a file of many; null in a file of one.</param>
/// <param name="Width">The width it had.</param>
/// <param name="Height">The height it had.</param>
/// <param name="Pixels">A byte for each input of the network.</param>
internal sealed record FittedImage(string File, int? Index, int Width, int Height, byte[] Pixels)
{
    /// <summary>How it is called.</summary>
    public string Name => Index is { } index ? FormattableString.Invariant($"{File}#{index}") : File;

    /// <summary>Whether black and white were exchanged.</summary>
    public required bool Inverted { get; init; }

    /// <summary>Whether that was done for its bright border, and not because it was asked for.</summary>
    public required bool HasBrightBorder { get; init; }

    /// <summary>Whether it was made a square.</summary>
    public required bool Padded { get; init; }

    /// <summary>Whether it had another size.</summary>
    public required bool Scaled { get; init; }
}
