using System.Diagnostics;
using Trainer.Tests.Processes;

namespace Trainer.Tests.Clusters;

/// <summary>A task in a process of its own: a signal to that of the tests would be heard by all of them.</summary>
internal static class TaskProcess
{
    /// <summary>Starts the task of a cell, and sends it a signal once an epoch is recorded.</summary>
    /// <param name="trial">The sweep.</param>
    /// <param name="index">The task, and its cell.</param>
    /// <param name="signal">The signal, as "TERM".</param>
    /// <returns>The exit status.</returns>
    public static async Task<int> EndedAsync(ClusterTrial trial, int index, string signal)
    {
        using Process process = ChildProcess.Start(ChildProcess.Tests, new Dictionary<string, string>
        {
            ["TMPDIR"] = trial.Sweep.Program.In(),
            ["PATH"] = $"{trial.Slurm.Programs}:{Environment.GetEnvironmentVariable("PATH")}",
            ["SLURM_ARRAY_JOB_ID"] = "4711",
            ["SLURM_ARRAY_TASK_ID"] = $"{index}",
        }, []);
        try
        {
            process.StandardInput.WriteLine(string.Join(ChildProgram.Separator, "sweep-task", trial.Sweep.Folder.Path, "--submission", "1"));
            process.StandardInput.Close();
            string metrics = trial.RunOf(index).Metrics;
            while (!process.HasExited && !File.Exists(metrics))
            {
                await Task.Delay(1);
            }
            using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
            await process.WaitForExitAsync();
            return process.ExitCode;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }
}
