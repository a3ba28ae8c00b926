namespace Trainer.Clusters;

/// <summary><c>marks/.../17.json</c>: why a task of a cell ended, where the cell's run does not say. The next start removes it.</summary>
/// <param name="Submission">The number of its submission.</param>
/// <param name="Task">What the scheduler called the task.</param>
/// <param name="Host">The machine.</param>
/// <param name="When">When, UTC.</param>
/// <param name="IsStopped">Whether it only waits to be started again; else it failed.</param>
/// <param name="Message">Why, in a line.</param>
internal sealed record TaskMark(int Submission, string Task, string Host, DateTimeOffset When, bool IsStopped, string Message);
