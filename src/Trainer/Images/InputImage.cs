namespace Trainer.Images;

/// <summary>An image that a user hands in.</summary>
/// <param name="File">Where it comes from.</param>
/// <param name="Index">Its place in a file of many; null in a file of one.</param>
/// <param name="Grey">The image.</param>
internal sealed record InputImage(string File, int? Index, GreyImage Grey)
{
    /// <summary>Makes it what a network was trained on.</summary>
    /// <param name="width">Width of the images it was trained on.</param>
    /// <param name="height">Their height.</param>
    /// <param name="inversion">Whether black and white are exchanged.</param>
    public FittedImage Fit(int width, int height, Inversion inversion)
    {
        // IDX files hold what data sets are made of: bright on black. Of Fashion-MNIST's test images no border is bright.
        bool bright = inversion == Inversion.Auto && Index is null && Grey.BorderMean > byte.MaxValue / 2.0;
        bool inverted = inversion == Inversion.Yes || bright;
        GreyImage grey = inverted ? Grey.Inverted() : Grey;
        bool padded = grey.Width != grey.Height;
        grey = padded ? grey.Squared() : grey;
        bool scaled = (grey.Width, grey.Height) != (width, height);
        byte[] pixels = scaled ? Shrinking.AreaMean(grey.Pixels, grey.Height, grey.Width, height, width) : grey.Pixels;
        return new FittedImage(File, Index, Grey.Width, Grey.Height, pixels) { Inverted = inverted, HasBrightBorder = bright, Padded = padded, Scaled = scaled };
    }
}
