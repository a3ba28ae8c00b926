using System.Text;
using Trainer.Engines.Gpu.Kernels;

namespace Trainer.Tests.Engines.Gpu.FakeCuda;

/// <summary>PTX that is wrong, that is not known, or that would not give the bits of the contract on a card.</summary>
public class RefusalTests
{
    private const int NoBinaryForGpu = 209, InvalidPtx = 218, UnsupportedVersion = 222;

    [TheoryNeedingFakeCuda]
    [InlineData("add.f32 %f1, %f1, %f2;", "may fuse it with a neighbour")]
    [InlineData("mul.f32 %f1, %f1, %f2;", "may fuse it with a neighbour")]
    [InlineData("add.rn.ftz.f32 %f1, %f1, %f2;", "is not the IEEE operation (.ftz)")]
    [InlineData("div.approx.f32 %f1, %f1, %f2;", "is not the IEEE operation (.approx)")]
    [InlineData("sqrt.approx.f32 %f1, %f1;", "is not the IEEE operation (.approx)")]
    [InlineData("div.full.f32 %f1, %f1, %f2;", "is not the IEEE operation (.full)")]
    [InlineData("ex2.approx.f32 %f1, %f1;", "is not the IEEE operation (.approx)")]
    [InlineData("muddle.s32 %r1, %r1, %r2;", "'muddle.s32' is not known")]
    [InlineData("atom.global.add.u32 %r1, [%rd1], %r2;", "is not known")]
    [InlineData("add.s32 %r1, %r1;", "',' was expected")]
    [InlineData("add.s32 %r1, %r1, %r2", "';' was expected")]
    [InlineData("add.s32 %r1, %r1, %rd2;", "'%rd2' is 64 bits, but the instruction reads 32 bits")]
    [InlineData("add.s64 %r1, %rd1, %rd2;", "'%r1' is 32 bits, but the instruction writes 64 bits")]
    [InlineData("add.s32 %r32, %r1, %r2;", "'%r32' is no register")]
    [InlineData("add.s32 %r1, %q1, %r2;", "'%q1' is no register")]
    [InlineData("ld.global.u32 %h1, [%rd1];", "'%h1' does not fit")]
    [InlineData("ld.param.u32 %r1, [%rd1+nothing];", "'nothing' is no whole number")]
    [InlineData("bra NOWHERE;", "there is no label 'NOWHERE'")]
    [InlineData("bar.sync 1;", "only barrier 0")]
    [InlineData("call.uni nothing;", "is not known")]
    [InlineData("cvt.rz.f32.s32 %f1, %r1;", "this rounding is not supported")]
    [InlineData(".shared .align 4 .b8 much[49153];", "uses too much shared data")]
    public void Line_IsNamedWithItsReason(string line, string reason)
    {
        using FakeCudaDriver driver = FakeCudaDriver.Open();
        Assert.Equal(InvalidPtx, driver.Load(PtxProgram.Of($"    {line}"), out _, out string log));
        Assert.Contains(reason, log);
        // A missing semicolon is noticed at the word behind it.
        Assert.Contains($"line {PtxProgram.LinesBefore + (line.EndsWith(';') ? 1 : 2)};", log);
    }

    [FactNeedingFakeCuda]
    public void Demands_OfAnotherCardOrDriver()
    {
        string ptx = PtxProgram.Of("");
        using FakeCudaDriver driver = FakeCudaDriver.Open(new FakeCudaSwitches { Compute = "6.1", Driver = 11040 });
        Assert.Equal(NoBinaryForGpu, driver.Load(ptx.Replace("sm_50", "sm_70"), out _, out _));
        Assert.Equal(UnsupportedVersion, driver.Load(ptx.Replace(".version 6.0", ".version 7.5"), out _, out _));
        Assert.Equal(FakeCudaDriver.Success, driver.Load(ptx.Replace(".version 6.0", ".version 7.4").Replace("sm_50", "sm_61"), out _, out _));
    }

    [FactNeedingFakeCuda]
    public void CommittedKernels_HoldOnlyWhatIsKnownAndExact()
    {
        using FakeCudaDriver driver = FakeCudaDriver.Open();
        int result = driver.Load(Encoding.ASCII.GetString(KernelSource.Ptx([.. KernelList.Lines.Keys])), out _, out string log);
        Assert.True(result == FakeCudaDriver.Success, log);
    }

    [FactNeedingFakeCuda]
    public void Text_ThatEndsTooEarly()
    {
        string ptx = PtxProgram.Of("    add.s32 %r1, %r1, %r2;");
        using FakeCudaDriver driver = FakeCudaDriver.Open();
        for (int length = ptx.IndexOf(".entry", StringComparison.Ordinal) - 1; length < ptx.Length - 2; length++)
        {
            Assert.Equal(InvalidPtx, driver.Load(ptx[..length], out _, out _));
        }
        Assert.Equal(FakeCudaDriver.Success, driver.Load(ptx, out _, out _));
    }
}
