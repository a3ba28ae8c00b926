using System.Diagnostics;
using Trainer.Benchmarks.Machine;
using Trainer.Failures;

namespace Trainer.Benchmarks.Racing;

/// <summary>A program's life, watched from outside.</summary>
/// <param name="program">The executable.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="environment">Variables set for it.</param>
/// <param name="cancellation">Ends it.</param>
internal sealed class ProgramRun(
    string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(2);

    /// <summary>From its start to its end; null when that took longer than the limit.</summary>
    /// <exception cref="RunFailedException">It failed.</exception>
    public double? Seconds(TimeSpan? limit) => Watch(limit, _ => { });

    /// <summary>The most memory it held; null when that is not known here, or it took longer than the limit.</summary>
    /// <exception cref="RunFailedException">It failed.</exception>
    public double? Megabytes(TimeSpan? limit)
    {
        double? most = null;
        return Watch(limit, process => most = PeakMemory.OfLiving(process) ?? most) is null ? null : most;
    }

    /// <summary>Starts it, glances at it until it ends, and tells how long that took.</summary>
    private double? Watch(TimeSpan? limit, Action<Process> glance)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        while (!process.WaitForExit(Glance))
        {
            glance(process);
            if (cancellation.IsCancellationRequested || (limit is { } longest && Stopwatch.GetElapsedTime(begin) > longest))
            {
                process.Kill();
                process.WaitForExit();
                cancellation.ThrowIfCancellationRequested();
                return null;
            }
        }
        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        return process.ExitCode == 0
            ? seconds
            : throw new RunFailedException($"{program} {string.Join(' ', arguments)}: ended with {process.ExitCode}: {errors.Result.Trim().Split('\n')[^1]}");
    }
}
