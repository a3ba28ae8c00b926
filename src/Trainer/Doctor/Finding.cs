namespace Trainer.Doctor;

/// <summary>What a rule found wrong with a run.</summary>
internal sealed record Finding
{
    /// <summary>How much it matters.</summary>
    public Severity Severity { get; init; } = Severity.Problem;

    /// <summary>The figure, and where it was seen.</summary>
    public required string Seen { get; init; }

    /// <summary>The threshold it is beyond, and why that one.</summary>
    public required string Limit { get; init; }

    /// <summary>What it means, in plain words.</summary>
    public required string Meaning { get; init; }

    /// <summary>What to try, the most promising first; empty where nothing is left that the run has not got already.</summary>
    public required IReadOnlyList<Remedy> Try { get; init; }
}
