namespace Trainer.Schedules;

/// <summary>How a warm-up rises.</summary>
public enum WarmupKind
{
    /// <summary>By the same amount every step.</summary>
    Linear,

    /// <summary>Along half a wave of the cosine: slowly, fast, slowly.</summary>
    Cosine,
}
