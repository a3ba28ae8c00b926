using Trainer.Engines;

namespace Trainer.Runs;

/// <summary>What training an epoch came to, before anything is measured.</summary>
/// <param name="Epoch">Its number.</param>
/// <param name="Step">Steps done since the start of the run.</param>
/// <param name="Lr">Learning rate of the last step; none before the first.</param>
/// <param name="Running">Mean over the training rows as each was met; none before the first step.</param>
/// <param name="Part">The same as a part of the epoch, all of it; what <see cref="Running"/> was made of.</param>
/// <param name="Search">How a line search found the step; null for an update rule.</param>
internal sealed record TrainedEpoch(int Epoch, long Step, double? Lr, Evaluation? Running, EpochPart Part, LineSearchStep? Search = null)
{
    /// <summary>The untrained network.</summary>
    public static TrainedEpoch None { get; } = new(0, 0, null, null, default);
}
