namespace Trainer.Clusters.Slurm;

/// <summary>What SLURM's accounting has noted of a task.</summary>
/// <param name="Job">The array's id.</param>
/// <param name="Index">The task's index in it; 0 where the job is no array.</param>
/// <param name="State">SLURM's word, in capitals, as <c>COMPLETED</c> or <c>OUT_OF_MEMORY</c>, without who cancelled it.</param>
/// <param name="ExitCode">Exit status and signal, as <c>1:0</c>. A task past its time limit has <c>0:0</c>.</param>
/// <param name="Name">The job's name.</param>
internal sealed record AccountedTask(string Job, int Index, string State, string ExitCode, string Name);
