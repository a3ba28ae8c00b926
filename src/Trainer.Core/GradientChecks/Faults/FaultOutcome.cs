using Trainer.Networks;

namespace Trainer.GradientChecks.Faults;

/// <summary>What came of checking with a fault built in.</summary>
/// <param name="Fault">What was wrong.</param>
/// <param name="Verdict">Whether the check noticed.</param>
/// <param name="Error">The largest error that it found.</param>
/// <param name="Group">The tensor where it found that; null where that is no tensor.</param>
public sealed record FaultOutcome(string Fault, FaultVerdict Verdict, double Error, ParameterGroup? Group);
