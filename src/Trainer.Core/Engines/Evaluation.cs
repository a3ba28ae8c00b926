namespace Trainer.Engines;

/// <summary>How a network does on some rows.</summary>
/// <param name="Loss">Mean cross-entropy in nats: per-row binary32 values summed in binary64 in row order.</param>
/// <param name="Accuracy">Share of rows whose most probable class is the right one, 0 to 1.</param>
public readonly record struct Evaluation(double Loss, double Accuracy);
