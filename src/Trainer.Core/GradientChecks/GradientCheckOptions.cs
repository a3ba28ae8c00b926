namespace Trainer.GradientChecks;

/// <summary>How much a <see cref="GradientCheck"/> looks at, and from where.</summary>
public sealed record GradientCheckOptions
{
    /// <summary>B, the number of rows: the first ones of the run's first step.</summary>
    public int Rows { get; init; } = 8;

    /// <summary>Elements of a tensor that are looked at, chosen at random; all of a smaller one. Null for all of every tensor.</summary>
    public int? Samples { get; init; } = 200;

    /// <summary>
    /// h: a parameter w is moved by ±h·max(1, |w|). Central differences err by about h²·|f‴|/6 for their length and ε·|f|/h for
    /// rounding; at 1e-5 both are about 1e-10.
    /// </summary>
    public double Step { get; init; } = 1e-5;

    /// <summary>Every parameter is first moved by a random number in ±this: away from a start at which faults do not show, such as
    /// weights that are all 0 or a batch normalisation with γ = 1.</summary>
    public double Jitter { get; init; }
}
