using Trainer.Networks;

namespace Trainer.GradientChecks;

/// <summary>What came of comparing one tensor's hand-written gradient with differences.</summary>
/// <param name="Group">The tensor.</param>
/// <param name="Checked">Elements compared.</param>
/// <param name="Corners">Elements left out because the loss has a corner within the step.</param>
/// <param name="Zeros">Elements compared whose gradient cannot be told from 0, by hand and by differences: they agree, but a fault
/// that multiplies would not show in them.</param>
/// <param name="Worst">The element with the largest error; null where none was compared.</param>
public sealed record TensorCheck(ParameterGroup Group, int Checked, int Corners, int Zeros, ElementError? Worst)
{
    /// <summary>Whether some elements were compared and all of them agree.</summary>
    public bool Passed => Worst is { } worst && worst.Error <= GradientCheck.Tolerance;
}
