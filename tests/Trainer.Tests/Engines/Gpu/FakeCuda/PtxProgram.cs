namespace Trainer.Tests.Engines.Gpu.FakeCuda;

/// <summary>PTX around a few instructions.</summary>
internal static class PtxProgram
{
    /// <summary>The kernel's name.</summary>
    public const string Kernel = "kernel";

    /// <summary>Registers of every sort, and the thread's number among all in %r0 and %rd0.</summary>
    private const string Head = """
        .version 6.0
        .target sm_50
        .address_size 64
        .visible .entry kernel(
            .param .u64 first,
            .param .u64 second,
            .param .u64 third,
            .param .u64 result
        )
        {
            .reg .pred %p<16>;
            .reg .b16 %h<16>;
            .reg .b32 %r<32>;
            .reg .f32 %f<32>;
            .reg .b64 %rd<32>;
            .reg .f64 %fd<32>;
            mov.u32 %r30, %ctaid.x;
            mov.u32 %r31, %ntid.x;
            mov.u32 %r29, %tid.x;
            mad.lo.s32 %r0, %r30, %r31, %r29;
            cvt.s64.s32 %rd0, %r0;
            ld.param.u64 %rd31, [first];
            ld.param.u64 %rd30, [second];
            ld.param.u64 %rd29, [third];
            ld.param.u64 %rd28, [result];

        """;

    /// <summary>How many lines stand before the body.</summary>
    public static int LinesBefore => Head.Count(character => character == '\n');

    /// <summary>A kernel of four pointers (%rd31, %rd30, %rd29, %rd28).</summary>
    public static string Of(string body) => $"{Head}{body}\n    ret;\n}}\n";

    /// <summary>A kernel that reads one number of each of three arrays, %f0, %f1, %f2 or %r1, %r2, %r3 or the like, carries out
    /// <paramref name="instructions"/>, and writes one number.</summary>
    public static string OfElements(string type, string[] read, string instructions, string written, string writtenType)
    {
        string load = string.Concat(read.Select((register, i) => $"""
                mad.lo.s64 %rd27, %rd0, {Size(type)}, %rd{31 - i};
                ld.global.{type} {register}, [%rd27];

            """));
        return Of($"""
            {load}
            {instructions}
                mad.lo.s64 %rd27, %rd0, {Size(writtenType)}, %rd28;
                st.global.{writtenType} [%rd27], {written};
            """);
    }

    private static int Size(string type) => int.Parse(type[1..], System.Globalization.CultureInfo.InvariantCulture) / 8;
}
