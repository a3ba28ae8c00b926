namespace Trainer.Benchmarks.Cases;

/// <summary>Which pixels a case trains on.</summary>
internal enum ImageKind
{
    /// <summary>The images as they are: an engine may pass over the half of their pixels that is 0.</summary>
    Real,

    /// <summary>The images with a 1 (of 255) wherever they have a 0: no zero is left that an engine could pass over, so that
    /// its speed compares with the machine's peak.</summary>
    Dense,
}
