using System.CommandLine;

namespace Trainer.Commands;

/// <summary>Options that several verbs share, so that they read the same everywhere.</summary>
internal static class ProgramOptions
{
    /// <summary><c>--data DIR</c>.</summary>
    public static Option<string?> Data() => new("--data")
    {
        HelpName = "DIR",
        Description = "folder with the four Fashion-MNIST files (else TRAINER_DATA, the user's cache, a download)",
    };

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json() => new("--json") { Description = "print JSON for machines" };

    /// <summary><c>--out DIR</c>.</summary>
    public static Option<string> Out() => new("--out")
    {
        HelpName = "DIR",
        Description = "folder of all results",
        DefaultValueFactory = _ => "results",
    };
}
