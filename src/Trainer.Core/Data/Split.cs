namespace Trainer.Data;

/// <summary>Some rows of an image set, without copying a pixel. Row k of the split is image <c>Images[k]</c> of the set.</summary>
public sealed class Split
{
    /// <summary>All images of <paramref name="source"/>, in order.</summary>
    public Split(ImageSet source)
        : this(source, [.. Enumerable.Range(0, source.Count)])
    {
    }

    /// <summary>The images of <paramref name="source"/> with these numbers, in this order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is not that of an image.</exception>
    public Split(ImageSet source, int[] images)
    {
        foreach (int image in images)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)image, (uint)source.Count, nameof(images));
        }
        Source = source;
        Images = images;
    }

    /// <summary>Where the pixels lie.</summary>
    public ImageSet Source { get; }

    /// <summary>For each row, the number of its image in <see cref="Source"/>.</summary>
    public int[] Images { get; }

    /// <summary>Number of rows.</summary>
    public int Count => Images.Length;

    /// <summary>The bytes of row <paramref name="row"/>, one per input of the network.</summary>
    public ReadOnlySpan<byte> Pixels(int row) => Source.Image(Images[row]);

    /// <summary>The class of row <paramref name="row"/>.</summary>
    public byte Label(int row) => Source.Labels[Images[row]];
}
