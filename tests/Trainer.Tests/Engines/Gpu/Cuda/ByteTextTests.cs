using Trainer.Engines.Gpu.Cuda;

namespace Trainer.Tests.Engines.Gpu.Cuda;

public sealed class ByteTextTests
{
    [Theory]
    [InlineData(0, "0 bytes")]
    [InlineData(1023, "1023 bytes")]
    [InlineData(1024, "1 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(512L << 20, "512 MiB")]
    [InlineData(5L << 30, "5120 MiB")]
    [InlineData(80L << 30, "80 GiB")]
    public void Of_IsShort(long bytes, string text) => Assert.Equal(text, ByteText.Of(bytes));
}
