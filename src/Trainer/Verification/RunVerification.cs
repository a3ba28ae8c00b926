using Trainer.Failures;

namespace Trainer.Verification;

/// <summary>What the checks of a run came to.</summary>
/// <param name="Run">The run.</param>
/// <param name="Outcomes">Each check that concerns it, with what it found.</param>
internal sealed record RunVerification(VerifiedRun Run, IReadOnlyList<(string Check, CheckOutcome Outcome)> Outcomes)
{
    /// <summary>What the program ends with: a difference weighs more than what cannot be read.</summary>
    public ExitCode ExitCode => With(CheckVerdict.Differs).Any() ? ExitCode.CheckFailed
        : With(CheckVerdict.Unreadable).Any() ? ExitCode.Failure
        : ExitCode.Ok;

    /// <summary>Verifies <paramref name="run"/>.</summary>
    /// <exception cref="DeviceException">The device for training again cannot be used.</exception>
    public static RunVerification Of(VerifiedRun run, IEnumerable<IRunCheck> checks)
    {
        if (!run.IsOurs)
        {
            return new RunVerification(run, [("status", CheckOutcome.Unreadable(
                $"{run.Folder.Path}: has neither a status.json nor a manifest.json with a data_hash: no run of this program"))]);
        }
        var outcomes = new List<(string, CheckOutcome)>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (IRunCheck check in checks)
        {
            if (Outcome(run, check, told) is { } outcome)
            {
                outcomes.Add((check.Name, outcome));
            }
        }
        return new RunVerification(run, outcomes);
    }

    /// <summary>The names of the checks that came to <paramref name="verdict"/>.</summary>
    public IEnumerable<string> With(CheckVerdict verdict) =>
        Outcomes.Where(check => check.Outcome.Verdict == verdict).Select(check => check.Check);

    private static CheckOutcome? Outcome(VerifiedRun run, IRunCheck check, HashSet<string> told)
    {
        try
        {
            return check.Check(run);
        }
        catch (TrainerException failure) when (failure is not DeviceException)
        {
            // A file that many need is told of once.
            return told.Add(failure.Message) ? CheckOutcome.Unreadable(failure.Message) : CheckOutcome.NotChecked("needs a file that cannot be read, see above");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return CheckOutcome.Unreadable(failure.Message);
        }
    }
}
