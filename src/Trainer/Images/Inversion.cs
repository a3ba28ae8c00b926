namespace Trainer.Images;

/// <summary>Whether black and white are exchanged before a network sees an image.</summary>
internal enum Inversion
{
    /// <summary>Where the border is bright; an image in the data set's own format never.</summary>
    Auto,

    /// <summary>Always.</summary>
    Yes,

    /// <summary>Never.</summary>
    No,
}
