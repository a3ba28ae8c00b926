namespace Trainer.Verification;

/// <summary>One thing about a run that must be true.</summary>
internal interface IRunCheck
{
    /// <summary>What it looks at, in a word.</summary>
    string Name { get; }

    /// <summary>Recomputes and compares.</summary>
    /// <returns>What it found; null where a run like this has no such thing.</returns>
    /// <exception cref="Failures.TrainerException">A file that is needed cannot be read.</exception>
    CheckOutcome? Check(VerifiedRun run);
}
