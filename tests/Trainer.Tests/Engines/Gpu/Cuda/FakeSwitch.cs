using System.Runtime.InteropServices;

namespace Trainer.Tests.Engines.Gpu.Cuda;

/// <summary>A switch of the fake driver, turned while it works. The runtime keeps what a process sets in its environment to
/// itself, and the driver asks the C library.</summary>
internal static partial class FakeSwitch
{
    public const string Fail = "FAKE_CUDA_FAIL";

    public static void Set(string name, string value) => Assert.Equal(0, SetEnvironment(name, value, 1));

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
