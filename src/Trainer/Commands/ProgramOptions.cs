using System.CommandLine;

namespace Trainer.Commands;

/// <summary>Options that several verbs share, so that they read the same everywhere.</summary>
internal static class ProgramOptions
{
    /// <summary>Where results go unless somebody says otherwise.</summary>
    public const string DefaultResults = "results";

    /// <summary><c>--data DIR</c>.</summary>
    public static Option<string?> Data() => new("--data")
    {
        HelpName = "DIR",
        Description = "folder with the four Fashion-MNIST files (else TRAINER_DATA, the user's cache, a download)",
    };

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json() => new("--json") { Description = "print JSON for machines, an object a line" };

    /// <summary><c>--out DIR</c>.</summary>
    public static Option<string> Out() => new("--out")
    {
        HelpName = "DIR",
        Description = "folder of all results",
        DefaultValueFactory = _ => DefaultResults,
    };

    /// <summary><c>--set KEY=VALUE</c>.</summary>
    public static Option<string[]> Set() => new("--set")
    {
        HelpName = "KEY=VALUE",
        Description = "override a key, as --set optimizer.lr=0.01; may be given again",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Refuses a number outside <paramref name="least"/> … <paramref name="most"/>.</summary>
    public static void CheckRange<T>(this Option<T> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, out int value) && (value < least || value > most))
        {
            result.AddError($"{option.Name} must be {(most == int.MaxValue ? $"at least {least}" : $"{least} to {most}")}, not {value}");
        }
    });
}
