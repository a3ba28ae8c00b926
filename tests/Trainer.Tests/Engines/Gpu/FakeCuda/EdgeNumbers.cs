namespace Trainer.Tests.Engines.Gpu.FakeCuda;

/// <summary>Numbers at the edges of their types, and all pairs and triples of them.</summary>
internal static class EdgeNumbers
{
    /// <summary>Zeros, subnormals, the ends of the range, infinities, none at all, and ordinary ones.</summary>
    public static float[] Floats { get; } =
    [
        0, 1, 1.5f, 3, 0.1f, 1e-3f, 16777217, 8388609.5f, float.Epsilon, 1e-40f, 1.17549435e-38f, 1.17549421e-38f, float.MaxValue,
        float.PositiveInfinity, float.NaN, -0f, -1, -2.5f, -0.1f, -1e-40f, -1.17549435e-38f, -float.MaxValue,
        float.NegativeInfinity, 1.00000012f, 0.99999994f, 1e19f, -1e-20f, 255,
    ];

    public static int[] Ints { get; } =
        [0, 1, 2, 3, 31, 32, 33, 255, 256, 65535, 65536, 0x12345678, int.MaxValue, int.MinValue, -1, -2, -3, -127, -65536];

    public static long[] Longs { get; } =
    [
        0, 1, 2, 63, 64, 0xFFFFFFFF, 0x100000000, 0x123456789ABCDEF0, long.MaxValue, long.MinValue, -1, -2, -0x100000001,
    ];

    /// <summary>Every triple of the numbers, as three arrays.</summary>
    public static (T[] First, T[] Second, T[] Third) Triples<T>(T[] numbers)
    {
        var all = (from a in numbers from b in numbers from c in numbers select (a, b, c)).ToArray();
        return ([.. all.Select(triple => triple.a)], [.. all.Select(triple => triple.b)], [.. all.Select(triple => triple.c)]);
    }
}
