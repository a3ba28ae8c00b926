namespace Trainer.Tests.Commands;

/// <summary>How the program ended and what it said.</summary>
internal sealed record ProgramOutcome(int Status, string Output, string Error)
{
    /// <summary>The error stream, which must hold exactly one line.</summary>
    public string OneErrorLine()
    {
        string line = Error.TrimEnd('\r', '\n');
        Assert.DoesNotContain('\n', line);
        return line;
    }

    /// <summary>The last line of the error stream.</summary>
    public string LastErrorLine() => Error.TrimEnd('\r', '\n').Split('\n')[^1].TrimEnd('\r');
}
