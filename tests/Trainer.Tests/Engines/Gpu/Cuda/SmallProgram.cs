using System.Text;
using Trainer.Engines.Gpu.Drivers;

namespace Trainer.Tests.Engines.Gpu.Cuda;

/// <summary>PTX with one kernel: <c>add(numbers, count, value)</c> adds the value to each of the numbers.</summary>
internal static class SmallProgram
{
    /// <summary>The kernel.</summary>
    public const string Kernel = "add";

    /// <summary>The capability that it needs, and which the real kernels need as well.</summary>
    public const string Target = "sm_50";

    private const string Text = $$"""
        .version 7.1
        .target {{Target}}
        .address_size 64

        .visible .entry {{Kernel}}(
            .param .u64 add_param_0,
            .param .u32 add_param_1,
            .param .u32 add_param_2
        )
        {
            .reg .pred %p<2>;
            .reg .b32 %r<9>;
            .reg .b64 %rd<5>;

            ld.param.u64 %rd1, [add_param_0];
            ld.param.u32 %r1, [add_param_1];
            ld.param.u32 %r2, [add_param_2];
            mov.u32 %r3, %tid.x;
            mov.u32 %r4, %ctaid.x;
            mov.u32 %r5, %ntid.x;
            mad.lo.s32 %r6, %r4, %r5, %r3;
            setp.ge.s32 %p1, %r6, %r1;
            @%p1 bra LBB0_2;
            cvta.to.global.u64 %rd2, %rd1;
            mul.wide.s32 %rd3, %r6, 4;
            add.s64 %rd4, %rd2, %rd3;
            ld.global.u32 %r7, [%rd4];
            add.s32 %r8, %r7, %r2;
            st.global.u32 [%rd4], %r8;
        LBB0_2:
            ret;
        }
        """;

    /// <summary>The program.</summary>
    public static KernelProgram Whole { get; } = Of(Text);

    /// <summary>The program with another text in place of a part.</summary>
    public static KernelProgram With(string part, string other)
    {
        Assert.Contains(part, Text, StringComparison.Ordinal);
        return Of(Text.Replace(part, other, StringComparison.Ordinal));
    }

    private static KernelProgram Of(string ptx) =>
        new(_ => throw new InvalidOperationException("CUDA takes PTX"), () => Encoding.ASCII.GetBytes(ptx + "\n\0"));
}
