using System.Diagnostics;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Processes;

/// <summary>Runs an assembly beside the tests as a process, in an environment of its own.</summary>
internal static class ChildProcess
{
    // The slowest takes 5 s on two cores, but they may be busy; a process that hangs must not hang the tests.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The program itself.</summary>
    public const string Trainer = "trainer.dll";

    /// <summary>This assembly, whose entry point is <see cref="ChildProgram"/>.</summary>
    public const string Tests = "Trainer.Tests.dll";

    /// <summary>Runs <paramref name="assembly"/> to its end.</summary>
    /// <param name="assembly">Its file name.</param>
    /// <param name="without">The switch.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads.</param>
    public static Task<ProgramOutcome> RunAsync(
        string assembly, RuntimeSwitch without, IReadOnlyList<string> arguments, string input = "") =>
        RunAsync(assembly, without.Variables, arguments, input);

    /// <summary>Runs <paramref name="assembly"/> to its end.</summary>
    /// <param name="assembly">Its file name.</param>
    /// <param name="variables">What its environment has beside that of the tests.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads.</param>
    public static async Task<ProgramOutcome> RunAsync(
        string assembly, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> arguments, string input = "")
    {
        using Process process = Start(assembly, variables, arguments);
        return await EndAsync(process, input);
    }

    /// <summary>Runs a script of the shell to its end; in it "$TRAINER" stands for the program.</summary>
    /// <param name="script">What <c>/bin/sh</c> carries out.</param>
    /// <param name="folder">Where it begins.</param>
    public static async Task<ProgramOutcome> ScriptAsync(string script, string folder)
    {
        string program = $"\"{Host()}\" exec \"{Path.Combine(AppContext.BaseDirectory, Trainer)}\"";
        using Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script.Replace("$TRAINER", program)])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        return await EndAsync(process, "");
    }

    private static async Task<ProgramOutcome> EndAsync(Process process, string input)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(patience.Token);
            Task<string> error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), patience.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(patience.Token);
            return new ProgramOutcome(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    /// <summary>Starts <paramref name="assembly"/>; whoever does sees to its end.</summary>
    /// <param name="assembly">Its file name.</param>
    /// <param name="variables">What its environment has beside that of the tests.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Process Start(string assembly, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Host(), ["exec", Path.Combine(AppContext.BaseDirectory, assembly), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    /// <summary>The runtime that runs the tests; else the one that the shell finds.</summary>
    private static string Host() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
}
