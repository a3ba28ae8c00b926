using System.Runtime.CompilerServices;
using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>Vectors that lie side by side, to registers and back.</summary>
internal static unsafe class Tiles
{
    /// <summary>Two vectors from <paramref name="source"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load2<TLanes>(float* source, out TLanes v0, out TLanes v1)
        where TLanes : struct, ILanes<TLanes>
    {
        v0 = TLanes.Load(source);
        v1 = TLanes.Load(source + TLanes.Count);
    }

    /// <summary>Four vectors from <paramref name="source"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Load4<TLanes>(float* source, out TLanes v0, out TLanes v1, out TLanes v2, out TLanes v3)
        where TLanes : struct, ILanes<TLanes>
    {
        v0 = TLanes.Load(source);
        v1 = TLanes.Load(source + TLanes.Count);
        v2 = TLanes.Load(source + 2 * TLanes.Count);
        v3 = TLanes.Load(source + 3 * TLanes.Count);
    }

    /// <summary>Two vectors to <paramref name="target"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store2<TLanes>(TLanes v0, TLanes v1, float* target)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes.Store(v0, target);
        TLanes.Store(v1, target + TLanes.Count);
    }

    /// <summary>Four vectors to <paramref name="target"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store4<TLanes>(TLanes v0, TLanes v1, TLanes v2, TLanes v3, float* target)
        where TLanes : struct, ILanes<TLanes>
    {
        Store2(v0, v1, target);
        Store2(v2, v3, target + 2 * TLanes.Count);
    }
}
