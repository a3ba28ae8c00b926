namespace Trainer.Images;

/// <summary>One image of a grid with what stands beneath it.</summary>
/// <param name="Pixels">Its pixels, row by row.</param>
/// <param name="ClassName">The name of its class.</param>
/// <param name="Index">Its place in the set it comes from, from 0.</param>
internal sealed record GridImage(ReadOnlyMemory<byte> Pixels, string ClassName, int Index)
{
    /// <summary>Lines beneath the class name, in place of the index; none for the index.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The index as it is written.</summary>
    public string IndexText => FormattableString.Invariant($"#{Index}");
}
