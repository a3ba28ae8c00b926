using System.Runtime.Intrinsics;
using Trainer.Engines.Cpu;

namespace Trainer.Tests.Processes;

/// <summary>What a process finds of its processor.</summary>
/// <param name="Widest">The widest vectors that the hardware carries out.</param>
/// <param name="Fma">Whether x86's fused multiply-add is there.</param>
/// <param name="Engine">The width that the cpu engine chooses.</param>
internal sealed record RuntimeVectors(VectorWidth Widest, bool Fma, VectorWidth Engine)
{
    /// <summary>What this process finds.</summary>
    public static RuntimeVectors OfThisProcess() => new(
        Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256
        : Vector128.IsHardwareAccelerated ? VectorWidth.Bits128
        : VectorWidth.Scalar,
        System.Runtime.Intrinsics.X86.Fma.IsSupported,
        VectorWidths.Best);

    /// <summary>The same where nothing is wider than <paramref name="width"/>.</summary>
    public RuntimeVectors AtMost(VectorWidth width) => this with
    {
        Widest = Widest > width ? width : Widest,
        Engine = Engine > width ? width : Engine,
    };
}
