namespace Trainer.Clusters.Slurm;

/// <summary>Starts a program of the cluster and waits for its answer.</summary>
internal interface IProgramRunner
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its name, without a folder.</param>
    /// <param name="arguments">Its arguments, which reach it as they are.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellation">Ends the wait and the program.</param>
    /// <exception cref="SchedulerException">It is not there, cannot be started, took too long or answered without end.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> asked for it.</exception>
    ProgramResult Run(string program, IReadOnlyList<string> arguments, TimeSpan limit, CancellationToken cancellation);
}
