using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using Trainer.Benchmarks.Machine;
using Trainer.Failures;
using Trainer.Results;

namespace Trainer.Benchmarks.Contestants;

/// <summary>A contestant at work in a process of its own; it stands still whenever it is not asked.</summary>
internal sealed class ContestantProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly CancellationToken _cancellation;

    private ContestantProcess(ContestantSetting setting, Process process, CancellationToken cancellation)
    {
        Setting = setting;
        _process = process;
        _cancellation = cancellation;
        Greeting = Read(Patience) ?? throw Broken();
        ProcessSignal.Suspend(process);
    }

    /// <summary>Who it is.</summary>
    public ContestantSetting Setting { get; }

    /// <summary>What it said of itself.</summary>
    public Answer Greeting { get; }

    /// <summary>Whether it is gone.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts it and hears its first line.</summary>
    /// <exception cref="RunFailedException">It cannot be started, or says nothing.</exception>
    public static ContestantProcess Start(ContestantSetting setting, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(setting.Program, setting.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach ((string name, string value) in setting.Environment)
        {
            start.Environment[name] = value;
        }
        try
        {
            return new ContestantProcess(setting, Process.Start(start)!, cancellation);
        }
        catch (Win32Exception failure)
        {
            throw new RunFailedException($"{setting}: {setting.Program} cannot be started: {failure.Message}", failure);
        }
    }

    /// <summary>Asks for something and waits for the answer.</summary>
    /// <param name="request">What.</param>
    /// <param name="limit">How long at most; null for as long as it takes.</param>
    /// <returns>The answer; null when it took too long, and then the contestant is gone.</returns>
    /// <exception cref="RunFailedException">It ended without an answer.</exception>
    public Answer? Ask(Request request, TimeSpan? limit = null)
    {
        ProcessSignal.Resume(_process);
        try
        {
            _process.StandardInput.WriteLine(JsonText.Line(request));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw Broken();
        }
        Answer? answer = Read(limit ?? Patience);
        if (answer is null)
        {
            Dispose();
            return null;
        }
        ProcessSignal.Suspend(_process);
        return answer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    private Answer? Read(TimeSpan limit)
    {
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        if (!line.Wait((int)limit.TotalMilliseconds, _cancellation))
        {
            return null;
        }
        try
        {
            return line.Result is { } text ? JsonText.Parse<Answer>(text) : throw Broken();
        }
        catch (JsonException failure)
        {
            throw new RunFailedException($"{Setting}: answered '{line.Result}', which is no JSON", failure);
        }
    }

    private RunFailedException Broken() =>
        new($"{Setting}: ended without an answer; what it printed above says why, and --cases leaves its cases out");
}
