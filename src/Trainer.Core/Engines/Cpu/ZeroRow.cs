namespace Trainer.Engines.Cpu;

/// <summary>A row of zeros, as wide as a panel: what gradients begin with.</summary>
internal static unsafe class ZeroRow
{
    private static readonly AlignedBuffer Zeros = new(Panels.Width);

    /// <summary>The first zero.</summary>
    public static float* Pointer => Zeros.Pointer;
}
