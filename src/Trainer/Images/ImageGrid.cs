using Trainer.Data;

namespace Trainer.Images;

/// <summary>Images of a set in rows and columns, to be drawn in a terminal or as a file.</summary>
internal sealed class ImageGrid
{
    private ImageGrid(string title, IReadOnlyList<GridImage> images, int columns, int pixelRows, int pixelColumns)
    {
        Title = title;
        Images = images;
        Columns = columns;
        PixelRows = pixelRows;
        PixelColumns = pixelColumns;
    }

    /// <summary>What the images are and where they come from: it must name the data set.</summary>
    public string Title { get; }

    /// <summary>A quieter line or two below the title; null for none.</summary>
    public string? Subtitle { get; private init; }

    /// <summary>The images, row by row; the last row may be short.</summary>
    public IReadOnlyList<GridImage> Images { get; }

    /// <summary>Images side by side.</summary>
    public int Columns { get; }

    /// <summary>Height of every image in pixels.</summary>
    public int PixelRows { get; }

    /// <summary>Width of every image in pixels.</summary>
    public int PixelColumns { get; }

    /// <summary>Lays out images that bring their own captions.</summary>
    /// <param name="title">What they are; names the data set.</param>
    /// <param name="subtitle">A quieter line or two below; null for none.</param>
    /// <param name="set">Where they come from.</param>
    /// <param name="images">The images, row by row.</param>
    /// <param name="columns">Images side by side.</param>
    /// <exception cref="ArgumentException">No image or no column.</exception>
    public static ImageGrid Of(string title, string? subtitle, ImageSet set, IReadOnlyList<GridImage> images, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfZero(images.Count, nameof(images));
        return new ImageGrid(title, images, Math.Min(columns, images.Count), set.Rows, set.Columns) { Subtitle = subtitle };
    }

    /// <summary>Lays out images of a set.</summary>
    /// <param name="title">What they are; names the data set.</param>
    /// <param name="set">Where they come from.</param>
    /// <param name="indices">Which, in the order in which they are laid out, row by row.</param>
    /// <param name="classNames">The name of each class, by label.</param>
    /// <param name="columns">Images side by side.</param>
    /// <exception cref="ArgumentException">No image, no column, or an index that the set does not have.</exception>
    public static ImageGrid Of(
        string title, ImageSet set, IReadOnlyList<int> indices, IReadOnlyList<string> classNames, int columns)
    {
        return Of(title, set, [.. indices.Select(Image)], columns);

        GridImage Image(int index)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index, nameof(indices));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, set.Count, nameof(indices));
            int label = set.Labels[index];
            return new GridImage(
                set.Pixels.AsMemory(index * set.PixelsPerImage, set.PixelsPerImage),
                label < classNames.Count ? classNames[label] : FormattableString.Invariant($"class {label}"),
                index);
        }
    }

    /// <summary>Lays out images that were made of those of a set.</summary>
    /// <param name="title">What they are; names the data set.</param>
    /// <param name="set">Whose images they are as large as.</param>
    /// <param name="images">The images, row by row.</param>
    /// <param name="columns">Images side by side.</param>
    /// <exception cref="ArgumentException">No image or no column.</exception>
    public static ImageGrid Of(string title, ImageSet set, IReadOnlyList<GridImage> images, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfZero(images.Count, nameof(images));
        return new ImageGrid(title, images, Math.Min(columns, images.Count), set.Rows, set.Columns);
    }
}
