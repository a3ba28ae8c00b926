using Spectre.Console;

namespace Trainer.Terminal;

/// <summary>The streams and surroundings that a command works with; tests hand in their own.</summary>
/// <param name="Output">What was asked for.</param>
/// <param name="Error">What went wrong, and notices, so that <c>--json</c> output stays clean.</param>
/// <param name="Console">The terminal behind <see cref="Output"/>.</param>
/// <param name="IsTerminal">Whether somebody watches, so that lines may move.</param>
/// <param name="ErrorIsTerminal">The same of <see cref="Error"/>.</param>
/// <param name="Data">Where images come from.</param>
internal sealed record Shell(TextWriter Output, TextWriter Error, IAnsiConsole Console, bool IsTerminal, bool ErrorIsTerminal, DataAccess Data)
{
    /// <summary>The shell of this process.</summary>
    public static Shell OfThisProcess()
    {
        // Spectre honours NO_COLOR and TERM=dumb by itself.
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings());
        bool isTerminal = !System.Console.IsOutputRedirected && console.Profile.Capabilities.Ansi;
        return new Shell(System.Console.Out, System.Console.Error, console, isTerminal, isTerminal && !System.Console.IsErrorRedirected, DataAccess.OfThisProcess());
    }
}
