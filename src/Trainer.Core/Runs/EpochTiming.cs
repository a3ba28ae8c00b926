namespace Trainer.Runs;

/// <summary>How long one epoch took; kept apart from what is promised to repeat.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="Training">Time spent in steps.</param>
/// <param name="Evaluation">Time spent measuring.</param>
public sealed record EpochTiming(int Epoch, TimeSpan Training, TimeSpan Evaluation);
