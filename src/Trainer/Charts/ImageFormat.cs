namespace Trainer.Charts;

/// <summary>What a picture can be converted to.</summary>
internal enum ImageFormat
{
    /// <summary>Pixels.</summary>
    Png,

    /// <summary>A page of the picture's own size.</summary>
    Pdf,
}
