namespace Trainer.Clusters.Slurm;

/// <summary>What a program left.</summary>
/// <param name="ExitCode">Its exit status.</param>
/// <param name="Output">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error, or the beginning of it.</param>
internal sealed record ProgramResult(int ExitCode, string Output, string Error);
