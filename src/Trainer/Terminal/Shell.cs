using Spectre.Console;
using Trainer.Clusters;
using Trainer.Devices;

namespace Trainer.Terminal;

/// <summary>The streams and surroundings that a command works with; tests hand in their own.</summary>
/// <param name="Output">What was asked for.</param>
/// <param name="Error">What went wrong, and notices, so that <c>--json</c> output stays clean.</param>
/// <param name="OpenConsole">Opens the terminal behind <see cref="Output"/>; only where something is drawn, because finding
/// out what it can takes 30 ms (2-core Zen 4 server), for which a help page or a pipe need not wait.</param>
/// <param name="OutputIsRedirected">Whether <see cref="Output"/> leads into a file or a pipe.</param>
/// <param name="ErrorIsRedirected">The same of <see cref="Error"/>.</param>
/// <param name="Data">Where images come from.</param>
/// <param name="Devices">Where engines run.</param>
internal sealed record Shell(
    TextWriter Output,
    TextWriter Error,
    Lazy<IAnsiConsole> OpenConsole,
    bool OutputIsRedirected,
    bool ErrorIsRedirected,
    DataAccess Data,
    DeviceAccess Devices)
{
    /// <summary>How clusters are come by.</summary>
    public ClusterAccess Clusters { get; init; } = ClusterAccess.OfThisProcess();

    /// <summary>Reads a line that somebody types; null where nobody can.</summary>
    public Func<string?>? ReadAnswer { get; init; }

    /// <summary>The terminal behind <see cref="Output"/>.</summary>
    public IAnsiConsole Console => OpenConsole.Value;

    /// <summary>Whether somebody watches, so that lines may move.</summary>
    public bool IsTerminal => !OutputIsRedirected && Console.Profile.Capabilities.Ansi;

    /// <summary>The same of <see cref="Error"/>.</summary>
    public bool ErrorIsTerminal => !ErrorIsRedirected && IsTerminal;

    /// <summary>Why some of the output could not be written; null while all of it was.</summary>
    public Func<Exception?> OutputLoss { get; init; } = () => null;

    /// <summary>The shell of this process. Its streams may fail without ending a run, which has better places to record.</summary>
    public static Shell OfThisProcess()
    {
        var output = new SteadyWriter(System.Console.Out);
        System.Console.SetOut(output);
        System.Console.SetError(new SteadyWriter(System.Console.Error));
        return new(
            System.Console.Out,
            System.Console.Error,
            // Spectre honours NO_COLOR and TERM=dumb by itself.
            new Lazy<IAnsiConsole>(() => AnsiConsole.Create(new AnsiConsoleSettings())),
            System.Console.IsOutputRedirected,
            System.Console.IsErrorRedirected,
            DataAccess.OfThisProcess(),
            DeviceAccess.OfThisProcess())
        {
            ReadAnswer = System.Console.IsInputRedirected ? null : System.Console.ReadLine,
            OutputLoss = () => output.Loss,
        };
    }
}
