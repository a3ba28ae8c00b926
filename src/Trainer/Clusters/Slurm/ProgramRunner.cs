using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Trainer.Yaml;

namespace Trainer.Clusters.Slurm;

/// <summary>Starts programs that PATH names, without a shell, in an environment free of SLURM's variables.</summary>
/// <param name="path">The folders to look in, as the variable PATH lists them; null for that variable.</param>
internal sealed class ProgramRunner(string? path = null) : IProgramRunner
{
    /// <summary>What is kept of standard output: the queue has about 60 characters a task, so 250,000 tasks; more is a failure.</summary>
    public const int MostOutput = 16 << 20;

    /// <summary>What is kept of standard error; the rest is left out.</summary>
    public const int MostError = 64 << 10;

    // A program may leave a child that keeps the streams open. All that it wrote itself has come by then.
    private static readonly TimeSpan PatienceForStreams = TimeSpan.FromSeconds(1);

    private readonly string _path = path ?? Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <inheritdoc/>
    public ProgramResult Run(string program, IReadOnlyList<string> arguments, TimeSpan limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        string file = Find(program) ?? throw new SchedulerException(
            $"{program}: not found on the PATH; SLURM's programs are on a cluster's login nodes")
        {
            IsMissing = true,
        };
        using Process process = Start(program, file, arguments);
        process.StandardInput.Close();
        var output = new BoundedText(MostOutput);
        var error = new BoundedText(MostError);
        Task[] readers = [Reading(output, process.StandardOutput), Reading(error, process.StandardError)];
        WaitOrKill(program, process, limit, cancellation);
        Task.WaitAll(readers, PatienceForStreams);
        return output.IsCut
            ? throw new SchedulerException($"{program}: its answer is longer than {MostOutput >> 20} MiB")
            : new ProgramResult(process.ExitCode, output.ToString(), error.ToString());
    }

    private static Process Start(string program, string file, IReadOnlyList<string> arguments)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(file, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        SlurmEnvironment.Clean(start.Environment);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception failure)
        {
            throw new SchedulerException($"{program}: {Excerpt.OneLine(file)} cannot be started: {Excerpt.OneLine(failure.Message)}", failure);
        }
    }

    // A thread each: a program that fills the pipe of the one stream while the other is read would wait for ever.
    private static Task Reading(BoundedText text, StreamReader reader) => Task.Factory.StartNew(
        () => text.ReadAll(reader), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void WaitOrKill(string program, Process process, TimeSpan limit, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(limit);
        try
        {
            process.WaitForExitAsync(end.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException failure)
        {
            Kill(process);
            cancellation.ThrowIfCancellationRequested();
            throw new SchedulerException($"{program}: no answer within {limit.TotalSeconds:0.#} seconds", failure) { IsUnreachable = true };
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception failure) when (failure is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself just now, or a child of it did.
        }
    }

    private string? Find(string program)
    {
        string name = OperatingSystem.IsWindows() ? program + ".exe" : program;
        return _path
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.GetFullPath(Path.Combine(folder, name)))
            .FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string path) => File.Exists(path) && (OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);
}
