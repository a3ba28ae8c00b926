namespace Trainer.Optimizers;

/// <summary>The numbers of one step that all parameters share, as the host computes them.</summary>
/// <param name="Rate">What the step is multiplied by: the learning rate, corrected where the rule corrects it.</param>
/// <param name="Correction">A second number, where the rule needs one; else 1.</param>
/// <param name="Third">A third number, where the rule needs one; else 0.</param>
/// <param name="Fourth">A fourth number, where the rule needs one; else 0.</param>
public readonly record struct StepScalars(float Rate, float Correction = 1, float Third = 0, float Fourth = 0)
{
    /// <summary>How many numbers there are.</summary>
    public const int Count = 4;
}
