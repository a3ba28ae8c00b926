namespace Trainer.Charts;

/// <summary>
/// The colours of series, one list for light and one for dark backgrounds. Chosen so that any two of a list stay apart
/// by a CIE76 distance of at least 22 under simulated protanopia and deuteranopia and 16 under tritanopia (matrices of
/// Machado, Oliveira and Fernandes, 2009), and each from its background by a contrast of 3.2 or more.
/// </summary>
internal static class Palette
{
    /// <summary>The role of the training set.</summary>
    public const int Train = 0;

    /// <summary>The role of the test set.</summary>
    public const int Test = 1;

    /// <summary>The role of the validation set.</summary>
    public const int Validation = 2;

    /// <summary>On a light background.</summary>
    public static IReadOnlyList<string> Light { get; } = ["#0f62c0", "#c8400a", "#008466", "#d756ac", "#a18f50", "#2f3642"];

    /// <summary>On a dark background.</summary>
    public static IReadOnlyList<string> Dark { get; } = ["#63a8ff", "#ff8657", "#35d0a0", "#9d82b1", "#e4e83a", "#d8dafb"];

    /// <summary>The place of <paramref name="colour"/> in the lists.</summary>
    public static int IndexOf(int colour) => (int)((uint)colour % (uint)Light.Count);
}
