using System.Numerics;

namespace Trainer.Tests.Engines.Gpu.FakeCuda;

/// <summary>The interpreter's instructions against the same operation in C#, over numbers at the edges, to the bit.</summary>
public class ArithmeticTests
{
    // What the cards write where the result is no number.
    private const uint NoNumber = 0x7FFFFFFF;

    private static readonly Dictionary<string, Func<float, float, float, float>> FloatOperations = new()
    {
        ["add.rn.f32 %f3, %f0, %f1;"] = (a, b, _) => a + b,
        ["sub.rn.f32 %f3, %f0, %f1;"] = (a, b, _) => a - b,
        ["mul.rn.f32 %f3, %f0, %f1;"] = (a, b, _) => a * b,
        ["div.rn.f32 %f3, %f0, %f1;"] = (a, b, _) => a / b,
        ["fma.rn.f32 %f3, %f0, %f1, %f2;"] = MathF.FusedMultiplyAdd,
        ["sqrt.rn.f32 %f3, %f0;"] = (a, _, _) => MathF.Sqrt(a),
        ["min.f32 %f3, %f0, %f1;"] = (a, b, _) => float.MinNumber(a, b),
        ["max.f32 %f3, %f0, %f1;"] = (a, b, _) => float.MaxNumber(a, b),
        ["mul.rn.f32 %f3, %f0, 0f3F000000;"] = (a, _, _) => a * 0.5f,
        ["setp.lt.f32 %p0, %f0, %f1; selp.f32 %f3, %f0, %f2, %p0;"] = (a, b, c) => a < b ? a : c,
        ["setp.leu.f32 %p0, %f0, %f1; selp.f32 %f3, %f0, %f2, %p0;"] = (a, b, c) => a > b ? c : a,
        ["setp.neu.f32 %p0, %f0, %f1; selp.f32 %f3, %f0, %f2, %p0;"] = (a, b, c) => a != b ? a : c,
        ["setp.nan.f32 %p0, %f0, %f1; selp.f32 %f3, %f2, 0f3F800000, %p0;"] = (a, b, c) => float.IsNaN(a) || float.IsNaN(b) ? c : 1,
        ["setp.gt.f32 %p2, %f2, 0f00000000; setp.ge.and.f32 %p0|%p1, %f0, %f1, %p2; selp.f32 %f3, %f2, 0f3F800000, %p1;"] =
            (a, b, c) => !(a >= b) && c > 0 ? c : 1,
        ["cvt.f64.f32 %fd0, %f0; cvt.f64.f32 %fd1, %f1; div.rn.f64 %fd2, %fd0, %fd1; cvt.rn.f32.f64 %f3, %fd2;"] =
            (a, b, _) => (float)((double)a / b),
        ["cvt.rzi.s32.f32 %r1, %f0; cvt.rn.f32.s32 %f3, %r1;"] = (a, _, _) =>
            float.IsNaN(a) ? 0 : (int)Math.Clamp(Math.Truncate((double)a), int.MinValue, int.MaxValue),
        ["cvt.rni.f32.f32 %f3, %f0;"] = (a, _, _) => MathF.Round(a),
    };

    private static readonly Dictionary<string, Func<int, int, int, int>> IntOperations = new()
    {
        ["add.s32 %r4, %r1, %r2;"] = (a, b, _) => a + b,
        ["sub.s32 %r4, %r1, %r2;"] = (a, b, _) => a - b,
        ["mul.lo.s32 %r4, %r1, %r2;"] = (a, b, _) => a * b,
        ["mad.lo.s32 %r4, %r1, %r2, %r3;"] = (a, b, c) => a * b + c,
        ["mul.hi.s32 %r4, %r1, %r2;"] = (a, b, _) => (int)((long)a * b >> 32),
        ["mul.hi.u32 %r4, %r1, %r2;"] = (a, b, _) => (int)((ulong)(uint)a * (uint)b >> 32),
        ["div.s32 %r4, %r1, %r2;"] = (a, b, _) => b == 0 ? -1 : b == -1 ? -a : a / b,
        ["div.u32 %r4, %r1, %r2;"] = (a, b, _) => b == 0 ? -1 : (int)((uint)a / (uint)b),
        ["rem.s32 %r4, %r1, %r2;"] = (a, b, _) => b == 0 ? a : b == -1 ? 0 : a % b,
        ["min.s32 %r4, %r1, %r2;"] = (a, b, _) => Math.Min(a, b),
        ["max.u32 %r4, %r1, %r2;"] = (a, b, _) => (int)Math.Max((uint)a, (uint)b),
        ["neg.s32 %r1, %r1; abs.s32 %r4, %r1;"] = (a, _, _) => a == int.MinValue ? a : Math.Abs(a),
        ["and.b32 %r4, %r1, %r2;"] = (a, b, _) => a & b,
        ["xor.b32 %r4, %r1, %r2; not.b32 %r4, %r4;"] = (a, b, _) => ~(a ^ b),
        ["shl.b32 %r4, %r1, %r2;"] = (a, b, _) => (uint)b > 31 ? 0 : a << b,
        ["shr.s32 %r4, %r1, %r2;"] = (a, b, _) => a >> ((uint)b > 31 ? 31 : b),
        ["shr.u32 %r4, %r1, %r2;"] = (a, b, _) => (uint)b > 31 ? 0 : a >>> b,
        ["shf.l.wrap.b32 %r4, %r1, %r1, %r2;"] = (a, b, _) => (int)BitOperations.RotateLeft((uint)a, b),
        ["bfe.u32 %r4, %r1, 4, 9;"] = (a, _, _) => a >>> 4 & 0x1FF,
        ["bfe.s32 %r4, %r1, 28, 9;"] = (a, _, _) => a >> 28,
        ["bfi.b32 %r4, %r1, %r2, 8, 12;"] = (a, b, _) => b & ~0xFFF00 | a << 8 & 0xFFF00,
        ["prmt.b32 %r4, %r1, %r2, 0x1476;"] = (a, b, _) =>
            (a >>> 8 & 255) << 24 | (b & 255) << 16 | (b >>> 24) << 8 | b >>> 16 & 255,
        ["clz.b32 %r4, %r1;"] = (a, _, _) => BitOperations.LeadingZeroCount((uint)a),
        ["popc.b32 %r4, %r1;"] = (a, _, _) => BitOperations.PopCount((uint)a),
        ["cvt.u16.u32 %h0, %r1; cvt.s32.s16 %r4, %h0;"] = (a, _, _) => (short)a,
        ["cvt.u32.u8 %r4, %r1;"] = (a, _, _) => (byte)a,
        ["setp.lt.u32 %p0, %r1, %r2; selp.b32 %r4, %r1, %r3, %p0;"] = (a, b, c) => (uint)a < (uint)b ? a : c,
        ["setp.gt.s32 %p1, %r1, 2; setp.ne.or.s32 %p0, %r1, %r2, !%p1; selp.b32 %r4, %r1, %r3, %p0;"] =
            (a, b, c) => a != b || a <= 2 ? a : c,
        ["setp.eq.s32 %p0, %r1, %r2; setp.lt.s32 %p1, %r2, %r3; xor.pred %p2, %p0, %p1; selp.b32 %r4, %r1, %r3, %p2;"] =
            (a, b, c) => (a == b) ^ (b < c) ? a : c,
        ["mov.u32 %r4, 7; setp.ge.s32 %p0, %r1, %r2; @!%p0 mov.u32 %r4, %r3;"] = (a, b, c) => a >= b ? 7 : c,
    };

    private static readonly Dictionary<string, Func<long, long, long, long>> LongOperations = new()
    {
        ["add.s64 %rd4, %rd1, %rd2;"] = (a, b, _) => a + b,
        ["mul.lo.s64 %rd4, %rd1, %rd2;"] = (a, b, _) => a * b,
        ["mad.lo.s64 %rd4, %rd1, %rd2, %rd3;"] = (a, b, c) => a * b + c,
        ["mul.hi.u64 %rd4, %rd1, %rd2;"] = (a, b, _) => (long)Math.BigMul((ulong)a, (ulong)b, out ulong _),
        ["mul.hi.s64 %rd4, %rd1, %rd2;"] = (a, b, _) => Math.BigMul(a, b, out long _),
        ["div.s64 %rd4, %rd1, %rd2;"] = (a, b, _) => b == 0 ? -1 : b == -1 ? -a : a / b,
        ["rem.u64 %rd4, %rd1, %rd2;"] = (a, b, _) => b == 0 ? a : (long)((ulong)a % (ulong)b),
        ["max.s64 %rd4, %rd1, %rd2;"] = (a, b, _) => Math.Max(a, b),
        ["cvt.u32.u64 %r1, %rd1; mul.wide.s32 %rd4, %r1, -3;"] = (a, _, _) => (int)a * -3L,
        ["cvt.u32.u64 %r1, %rd1; mul.wide.u32 %rd4, %r1, %r1;"] = (a, _, _) => (long)((ulong)(uint)a * (uint)a),
        ["cvt.u32.u64 %r1, %rd1; mad.wide.s32 %rd4, %r1, 4, %rd2;"] = (a, b, _) => (int)a * 4L + b,
        ["mov.b64 {%r1, %r2}, %rd1; mov.b64 %rd4, {%r2, %r1};"] = (a, _, _) => (long)BitOperations.RotateLeft((ulong)a, 32),
        ["cvt.u32.u64 %r1, %rd2; and.b32 %r1, %r1, 127; shl.b64 %rd4, %rd1, %r1;"] = (a, b, _) => (b & 127) > 63 ? 0 : a << (int)(b & 127),
        ["cvt.u32.u64 %r1, %rd2; and.b32 %r1, %r1, 127; shr.s64 %rd4, %rd1, %r1;"] = (a, b, _) => a >> (int)Math.Min(b & 127, 63),
        ["setp.ge.u64 %p0, %rd1, %rd2; selp.b64 %rd4, %rd1, %rd3, %p0;"] = (a, b, c) => (ulong)a >= (ulong)b ? a : c,
        ["cvt.rn.f32.s64 %f0, %rd1; cvt.rzi.s64.f32 %rd4, %f0;"] = (a, _, _) => (Int128)(float)a > long.MaxValue ? long.MaxValue : (long)(float)a,
    };

    public static TheoryData<string> Floats => [.. FloatOperations.Keys];

    public static TheoryData<string> Ints => [.. IntOperations.Keys];

    public static TheoryData<string> Longs => [.. LongOperations.Keys];

    [TheoryNeedingFakeCuda]
    [MemberData(nameof(Floats))]
    public void Binary32_AsInCSharp(string instructions)
    {
        string ptx = PtxProgram.OfElements("f32", ["%f0", "%f1", "%f2"], instructions, "%f3", "f32");
        Func<float, float, float, float> operation = FloatOperations[instructions];
        bool moves = instructions.Contains("selp");
        AssertSame(ptx, EdgeNumbers.Floats, (a, b, c) =>
        {
            float result = operation(a, b, c);
            return float.IsNaN(result) && !moves ? NoNumber : BitConverter.SingleToUInt32Bits(result);
        });
    }

    [TheoryNeedingFakeCuda]
    [MemberData(nameof(Ints))]
    public void Integers32_AsInCSharp(string instructions) => AssertSame(
        PtxProgram.OfElements("u32", ["%r1", "%r2", "%r3"], instructions, "%r4", "u32"), EdgeNumbers.Ints, IntOperations[instructions]);

    [TheoryNeedingFakeCuda]
    [MemberData(nameof(Longs))]
    public void Integers64_AsInCSharp(string instructions) => AssertSame(
        PtxProgram.OfElements("u64", ["%rd1", "%rd2", "%rd3"], instructions, "%rd4", "u64"), EdgeNumbers.Longs, LongOperations[instructions]);

    private static void AssertSame<T, TResult>(string ptx, T[] numbers, Func<T, T, T, TResult> operation)
        where T : unmanaged
        where TResult : unmanaged
    {
        (T[] first, T[] second, T[] third) = EdgeNumbers.Triples(numbers);
        using FakeCudaDriver driver = FakeCudaDriver.Open();
        nint kernel = driver.Kernel(ptx);
        const int Threads = 32;
        int blocks = (first.Length + Threads - 1) / Threads, count = blocks * Threads;
        Array.Resize(ref first, count);
        Array.Resize(ref second, count);
        Array.Resize(ref third, count);
        ulong results = driver.Memory<TResult>(count);
        Assert.Equal(0, driver.Launch(kernel, blocks, Threads, driver.Memory<T>(first), driver.Memory<T>(second), driver.Memory<T>(third), results));
        TResult[] found = driver.Numbers<TResult>(results, count);
        for (int i = 0; i < count; i++)
        {
            TResult expected = operation(first[i], second[i], third[i]);
            Assert.True(expected.Equals(found[i]), $"{first[i]}, {second[i]}, {third[i]}: {expected} expected, {found[i]} found");
        }
    }
}
