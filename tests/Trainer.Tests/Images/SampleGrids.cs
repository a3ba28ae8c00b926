using Trainer.Data;
using Trainer.Images;

namespace Trainer.Tests.Images;

/// <summary>Small sets of images with known pixels.</summary>
internal static class SampleGrids
{
    public static readonly string[] ClassNames = ["T-shirt/top", "Bag"];

    /// <summary>Images of 4 x 4: 0 grows from dark at the top left to bright; 1 has a bright lower half.</summary>
    public static ImageSet Small { get; } = new(
        [
            0, 26, 52, 77, 0, 26, 52, 77, 103, 128, 154, 255, 103, 128, 154, 255,
            0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255,
        ],
        [0, 1], 4, 4);

    /// <summary>Images of 28 x 28, as many as there are classes and one more whose class has no name.</summary>
    public static ImageSet Large { get; } = new(
        [.. Enumerable.Range(0, 3 * 784).Select(i => (byte)(i / 784 == 0 ? 255 : i % 251))], [0, 1, 2], 28, 28);

    public static ImageGrid Grid(ImageSet set, int columns, params int[] indices) =>
        ImageGrid.Of("sample, seed 1", set, indices, ClassNames, columns);
}
