namespace Trainer.Results;

/// <summary>Which of a run's weights are meant.</summary>
internal enum CheckpointName
{
    /// <summary>Those of the last epoch.</summary>
    Last,

    /// <summary>Those of the best epoch by validation.</summary>
    Best,
}
