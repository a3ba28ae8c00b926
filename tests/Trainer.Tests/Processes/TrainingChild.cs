using System.Diagnostics;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Processes;

/// <summary>The program at work in a process of its own, for signals.</summary>
internal sealed class TrainingChild : IDisposable
{
    private readonly Process _process;
    private readonly ProgramTrial _trial;

    /// <summary>Starts a command that records into a trial's results.</summary>
    public TrainingChild(ProgramTrial trial, params string[] command)
        : this(trial, new Dictionary<string, string>(), command)
    {
    }

    /// <summary>The same in an environment of its own.</summary>
    public TrainingChild(ProgramTrial trial, IReadOnlyDictionary<string, string> variables, params string[] command)
    {
        _trial = trial;
        // What the child leaves behind goes away with the trial.
        _process = ChildProcess.Start(ChildProcess.Tests, new Dictionary<string, string>(variables) { ["TMPDIR"] = trial.In() }, []);
        _process.StandardInput.WriteLine(string.Join(ChildProgram.Separator, command));
        _process.StandardInput.Close();
    }

    /// <summary>What it wrote to its error stream; empty before its end.</summary>
    public string Errors { get; private set; } = "";

    /// <summary>Waits until something is so.</summary>
    public async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            Assert.False(_process.HasExited, "it ended by itself");
            await Task.Delay(2);
        }
    }

    /// <summary>Waits until each of so many runs has recorded so many epochs.</summary>
    public Task UntilRecordedAsync(int runs, int epochs) => UntilAsync(() =>
        Directory.Exists(_trial.Results)
        && Directory.GetFiles(_trial.Results, "metrics.csv", SearchOption.AllDirectories).Count(file => File.ReadLines(file).Count() > epochs + 1) >= runs);

    /// <summary>Sends signals, one right behind the other.</summary>
    public async Task SignalAsync(params string[] names)
    {
        string commands = string.Join("; ", names.Select(name => $"kill -{name} {_process.Id}"));
        using Process signals = Process.Start("sh", ["-c", commands]);
        await signals.WaitForExitAsync();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndAsync()
    {
        // Nobody reads what it says; a full pipe would hold it up.
        Task<string> output = _process.StandardOutput.ReadToEndAsync(), error = _process.StandardError.ReadToEndAsync();
        await Task.WhenAll(output, error);
        Errors = await error;
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }
}
