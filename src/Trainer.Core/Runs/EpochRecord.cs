using Trainer.Engines;

namespace Trainer.Runs;

/// <summary>What is recorded of one epoch; epoch 0 is the untrained network. Nothing here depends on clock or machine.</summary>
/// <param name="Epoch">Epochs done.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Lr">Learning rate of the last step; none before the first.</param>
/// <param name="Running">Mean over the training rows as each was met, while the weights moved; none before the first step.</param>
/// <param name="Train">Measured on the training rows at the end of the epoch; none when it was not asked for.</param>
/// <param name="Validation">Measured on the validation rows; none without such a split.</param>
/// <param name="Test">Measured on the test rows.</param>
/// <param name="Digest">First 16 hexadecimal digits of the SHA-256 of the parameters.</param>
/// <param name="Search">How a line search found the step of this epoch; null for an update rule, and before the first step.</param>
public sealed record EpochRecord(
    int Epoch,
    long Step,
    double? Lr,
    Evaluation? Running,
    Evaluation? Train,
    Evaluation? Validation,
    Evaluation Test,
    string Digest,
    LineSearchStep? Search = null);
