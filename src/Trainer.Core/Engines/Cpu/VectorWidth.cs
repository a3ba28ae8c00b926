using System.Runtime.Intrinsics;

namespace Trainer.Engines.Cpu;

/// <summary>How many bits the engine's vectors have. It changes the speed and no result.</summary>
public enum VectorWidth
{
    /// <summary>No vectors.</summary>
    Scalar = 32,

    /// <summary>Four numbers: SSE, NEON.</summary>
    Bits128 = 128,

    /// <summary>Eight numbers: AVX2.</summary>
    Bits256 = 256,

    /// <summary>Sixteen numbers: AVX-512.</summary>
    Bits512 = 512,
}

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
