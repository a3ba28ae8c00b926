namespace Trainer.Tests.Verification;

/// <summary>What <c>trainer verify</c> found in one run.</summary>
/// <param name="Status">How the program ended.</param>
/// <param name="Checks">Of each check the verdict, and the differences or what was compared.</param>
/// <param name="Error">What it said on the error stream.</param>
internal sealed record VerifyOutcome(int Status, IReadOnlyDictionary<string, (string Verdict, string[] Lines)> Checks, string Error)
{
    /// <summary>The checks that came to a verdict, in order.</summary>
    public string With(string verdict) => string.Join(' ', Checks.Where(check => check.Value.Verdict == verdict).Select(check => check.Key));

    /// <summary>All differences.</summary>
    public IEnumerable<string> Differences => Checks.Values.Where(check => check.Verdict == "differs").SelectMany(check => check.Lines);
}
