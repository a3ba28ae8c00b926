using System.ComponentModel;
using System.Diagnostics;

namespace Trainer.Tests.Engines.Gpu.FakeCuda;

/// <summary>
/// A <c>libcuda.so.1</c> that needs no card: it carries the PTX out on the processor. Built from the C files beside this one
/// with the system's C compiler, once in a process and only when a test asks for it.
/// </summary>
internal static class FakeCudaLibrary
{
    /// <summary>Its file name, the one that the program looks for.</summary>
    public const string FileName = "libcuda.so.1";

    // No contraction and no liberties with numbers: the interpreter has to round as a card does. Lanes become vectors.
    private static readonly string[] Options =
    [
        "-std=gnu11", "-O2", "-ftree-vectorize", "-fPIC", "-w",
        "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math", "-fno-strict-aliasing",
    ];

    private static readonly string Sources = Path.Combine(AppContext.BaseDirectory, "Engines", "Gpu", "FakeCuda");
    private static readonly Lazy<string?> Compiler = new(FindCompiler);
    private static readonly Lazy<string> Objects = new(Compile);
    private static readonly Lazy<string> Whole = new(() => Link([]));

    /// <summary>Why it cannot be built on this machine; null where it can.</summary>
    public static string? WhyNot =>
        !OperatingSystem.IsLinux() ? "the stand-in for the CUDA driver is for Linux"
        : Compiler.Value is null ? "no C compiler (cc, gcc, clang) for the stand-in for the CUDA driver"
        : null;

    /// <summary>The folder that holds the library and nothing else.</summary>
    public static string Folder => Whole.Value;

    /// <summary>The folder of one that lacks some functions, as an old driver does.</summary>
    public static string Without(params string[] functions) => Link(functions);

    private static string? FindCompiler()
    {
        string[] folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        return new[] { "cc", "gcc", "clang" }
            .SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    private static string Compile()
    {
        string folder = NewFolder();
        string[] native = Succeeds([.. Options, "-march=native", "-fsyntax-only", Path.Combine(Sources, "errors.c")]) ? ["-march=native"] : [];
        Parallel.ForEach(Directory.GetFiles(Sources, "*.c"), source =>
            Run([.. Options, .. native, "-c", source, "-o", Path.Combine(folder, Path.GetFileNameWithoutExtension(source) + ".o")]));
        return folder;
    }

    private static string Link(string[] missing)
    {
        string folder = NewFolder();
        string[] options = [];
        if (missing.Length > 0)
        {
            string exports = Path.Combine(NewFolder(), "exports.map");
            File.WriteAllText(exports, $"{{ local: {string.Join(' ', missing.Select(function => function + ";"))} }};");
            options = [$"-Wl,--version-script={exports}"];
        }
        Run([
            "-shared", .. options, "-o", Path.Combine(folder, FileName), .. Directory.GetFiles(Objects.Value, "*.o"), "-lpthread", "-lm",
        ]);
        return folder;
    }

    // Gone with the process.
    private static string NewFolder()
    {
        var folder = new TempFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        return folder.Root;
    }

    private static bool Succeeds(string[] arguments)
    {
        try
        {
            Run(arguments);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <exception cref="InvalidOperationException">The compiler refuses.</exception>
    /// <exception cref="Win32Exception">It cannot be started.</exception>
    private static void Run(string[] arguments)
    {
        var start = new ProcessStartInfo(Compiler.Value!, arguments) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{Compiler.Value} {string.Join(' ', arguments)}: {error}");
        }
    }
}
