using System.Diagnostics;
using Trainer.Tests.Commands;
using Trainer.Tests.Processes;

namespace Trainer.Tests.Engines.Gpu.Cuda;

/// <summary>The driver library that stands in for a card, built once by the machine's C compiler; and processes that find it.</summary>
internal static class FakeDriver
{
    private const string Compiler = "cc";
    private const string Library = "libcuda.so.1";
    private static readonly Lazy<string> Built = new(() => Build(
        Directory.GetFiles(RepositoryRoot.In("tests", "Trainer.Tests", "Engines", "Gpu", "FakeCuda"), "*.c"),
        Path.Combine(AppContext.BaseDirectory, "fake-cuda")));

    /// <summary>Why there cannot be one; null where there can.</summary>
    public static string? Reason { get; } = !OperatingSystem.IsLinux() ? "the fake driver is for Linux"
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, Compiler))) ? null
        : $"there is no C compiler ({Compiler})";

    /// <summary>Plays a scene in front of the fake driver.</summary>
    /// <param name="scene">One of <see cref="CudaChild"/>'s.</param>
    /// <param name="switches">Switches of the driver, without what they all begin with.</param>
    /// <param name="input">What the scene reads.</param>
    public static Task<ProgramOutcome> PlayAsync(string scene, (string Name, string Value)[] switches, string input = "") =>
        PlayAsync(scene, Built.Value, switches, input);

    /// <summary>The same in front of the library in another folder.</summary>
    public static Task<ProgramOutcome> PlayAsync(
        string scene, string folder, (string Name, string Value)[] switches, string input = "")
    {
        var variables = switches.ToDictionary(one => $"FAKE_CUDA_{one.Name}", one => one.Value);
        variables["LD_LIBRARY_PATH"] = folder;
        var surroundings = new RuntimeSwitch("a fake driver", variables, RuntimeSwitch.None.Vectors);
        return ChildProcess.RunAsync(ChildProcess.Tests, surroundings, [CudaChild.Command, scene], input);
    }

    /// <summary>Builds a library under the driver's name.</summary>
    /// <returns>Its folder.</returns>
    public static string Build(IEnumerable<string> sources, string folder)
    {
        Directory.CreateDirectory(folder);
        using Process compiler = Process.Start(new ProcessStartInfo(
            Compiler, ["-O2", "-w", "-shared", "-fPIC", "-pthread", "-o", Path.Combine(folder, Library), .. sources, "-lm"])
        {
            RedirectStandardError = true,
        })!;
        string error = compiler.StandardError.ReadToEnd();
        compiler.WaitForExit();
        Assert.True(compiler.ExitCode == 0, error);
        return folder;
    }
}
