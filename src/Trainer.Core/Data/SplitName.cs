namespace Trainer.Data;

/// <summary>Which rows are meant.</summary>
public enum SplitName
{
    /// <summary>The rows that gradients come from.</summary>
    Train,

    /// <summary>Rows of the training set kept back to choose by.</summary>
    Validation,

    /// <summary>The test set, which chooses nothing.</summary>
    Test,
}
