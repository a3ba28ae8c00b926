using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Trainer.Engines.Cpu;

/// <summary>What this machine has.</summary>
public static class VectorWidths
{
    /// <summary>
    /// The widest that the hardware carries out by itself. Where it has no fused multiply-add, that is done in software,
    /// number by number, and vectors only get in its way (a Zen 4 told to forget it: an epoch in 20 s without vectors, 43 s
    /// with vectors of 128 bits).
    /// </summary>
    public static VectorWidth Best =>
        X86Base.IsSupported && !Fma.IsSupported ? VectorWidth.Scalar
        : Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256
        : Vector128.IsHardwareAccelerated ? VectorWidth.Bits128
        : VectorWidth.Scalar;
}
