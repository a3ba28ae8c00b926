using System.Runtime.Intrinsics;

namespace Trainer.Engines.Cpu;

/// <summary>What this machine has.</summary>
public static class VectorWidths
{
    /// <summary>The widest that the hardware carries out by itself.</summary>
    public static VectorWidth Best =>
        Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256
        : Vector128.IsHardwareAccelerated ? VectorWidth.Bits128
        : VectorWidth.Scalar;
}
