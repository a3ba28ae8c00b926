using System.Runtime.Intrinsics.X86;
using Trainer.Engines.Cpu;

namespace Trainer.Tests.Processes;

/// <summary>What the runtime is told to forget of this processor, for a process and before it starts.</summary>
/// <param name="Name">For people.</param>
/// <param name="Variables">The environment variables that say it.</param>
/// <param name="Vectors">What a process under it has to find.</param>
internal sealed record RuntimeSwitch(string Name, IReadOnlyDictionary<string, string> Variables, RuntimeVectors Vectors)
{
    /// <summary>Everything this process has.</summary>
    public static RuntimeSwitch None { get; } = new("everything", new Dictionary<string, string>(), RuntimeVectors.OfThisProcess());

    /// <summary>Nothing above AVX2. (The older name, EnableAVX512F, no longer does anything in .NET 10.)</summary>
    public static RuntimeSwitch WithoutAvx512 { get; } =
        Off("without AVX-512", "DOTNET_EnableAVX512", None.Vectors.AtMost(VectorWidth.Bits256));

    /// <summary>Nothing above AVX; .NET 10 counts the fused multiply-add to AVX2, so it goes as well, and without it the engine
    /// uses no vectors.</summary>
    public static RuntimeSwitch WithoutAvx2 { get; } = Off(
        "without AVX2", "DOTNET_EnableAVX2",
        X86Base.IsSupported ? None.Vectors.AtMost(VectorWidth.Bits128) with { Fma = false, Engine = VectorWidth.Scalar } : None.Vectors);

    /// <summary>No vector instruction at all.</summary>
    public static RuntimeSwitch WithoutVectors { get; } =
        Off("without vectors", "DOTNET_EnableHWIntrinsic", new RuntimeVectors(VectorWidth.Scalar, Fma: false, VectorWidth.Scalar));

    /// <summary>All of them, the fastest first.</summary>
    public static IReadOnlyList<RuntimeSwitch> All { get; } = [None, WithoutAvx512, WithoutAvx2, WithoutVectors];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static RuntimeSwitch Off(string name, string variable, RuntimeVectors vectors) =>
        new(name, new Dictionary<string, string> { [variable] = "0" }, vectors);
}
