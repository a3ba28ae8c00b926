using System.Text;
using Trainer.Engines.Gpu.Cuda;
using Trainer.Engines.Gpu.Kernels;

namespace Trainer.Tests.Engines.Gpu.Cuda;

public sealed class ComputeCapabilityTests
{
    [Theory]
    [InlineData(".version 7.1\n.target sm_50\n.address_size 64\n", "5.0")]
    [InlineData("//\n// a comment about .target sm_20\n//\n\n.version 8.0\n.target sm_75, debug\n", "7.5")]
    [InlineData(".version 8.0\n\t.target  sm_90a\n", "9.0")]
    [InlineData(".version 8.6\n.target sm_120\n", "12.0")]
    public void OfPtx_IsThatOfItsTargetLine(string ptx, string capability) =>
        Assert.Equal(capability, ComputeCapability.OfPtx(Encoding.ASCII.GetBytes(ptx)).ToString());

    [Theory]
    [InlineData("")]
    [InlineData(".version 7.1\n.target texmode_independent\n")]
    public void OfPtx_WithoutATarget_IsAnArgumentException(string ptx) =>
        Assert.Throws<ArgumentException>(() => ComputeCapability.OfPtx(Encoding.ASCII.GetBytes(ptx)));

    [Fact]
    public void Needed_IsWhatTheKernelsAreMadeFor() =>
        Assert.Equal(ComputeCapability.OfPtx(KernelSource.Ptx([])), ComputeCapability.Needed);

    [Theory]
    [InlineData(5, 0, true)]
    [InlineData(5, 2, true)]
    [InlineData(9, 0, true)]
    [InlineData(12, 0, true)]
    [InlineData(3, 7, false)]
    [InlineData(4, 9, false)]
    public void Covers_ComparesTheMajorNumberFirst(int major, int minor, bool covers) =>
        Assert.Equal(covers, new ComputeCapability(major, minor).Covers(new ComputeCapability(5, 0)));
}
