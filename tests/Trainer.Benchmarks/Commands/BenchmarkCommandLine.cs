using System.CommandLine;
using System.CommandLine.Invocation;
using Trainer.Commands;
using Trainer.Failures;
using Trainer.Terminal;
using Trainer.Yaml;

namespace Trainer.Benchmarks.Commands;

/// <summary>The verbs of the benchmark; without one it compares.</summary>
internal static class BenchmarkCommandLine
{
    private const string Script = "scripts/bench.sh";

    /// <summary>Reads the arguments and does what they say.</summary>
    /// <returns>The exit status, as the program's own.</returns>
    public static async Task<int> InvokeAsync(IReadOnlyList<string> arguments, Shell shell)
    {
        RootCommand root = CompareCommand.Create(shell);
        root.Add(GrowthCommand.Create(shell));
        root.Add(CatalogCommand.Create(shell));
        root.Add(GpuCommand.Create(shell));
        root.Add(KernelsCommand.Create());
        root.Add(QueueCommand.Create(shell));
        root.Add(ContestantCommand.Create(shell));
        HelpText.Install(root);
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            string message = parsed.UnmatchedTokens is [var first, ..]
                ? $"'{first}' is not known{Suggestion.Ending(first, [.. parsed.CommandResult.Command.Options.Select(option => option.Name)])}"
                : Trainer.Commands.CommandLine.Plain(parsed.Errors[0].Message);
            shell.Error.WriteLine($"benchmark: {message}; see '{Script} --help'");
            return (int)ExitCode.Usage;
        }
        using var page = new StringWriter();
        int status = await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = page,
            Error = shell.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
        // Help alone writes there, and it names the executable, which nobody calls by that name.
        shell.Output.Write(page.ToString().Replace(RootCommand.ExecutableName, Script));
        return status;
    }

    /// <summary>Does a verb's work: what a user can mend becomes one line and an exit status.</summary>
    public static int Guarded(Shell shell, Action<CancellationToken> action)
    {
        using var interrupt = new Interrupt();
        try
        {
            action(interrupt.Token);
            return (int)ExitCode.Ok;
        }
        catch (TrainerException failure)
        {
            shell.Error.WriteLine($"benchmark: {failure.Message}");
            return (int)failure.ExitCode;
        }
        catch (OperationCanceledException)
        {
            shell.Error.WriteLine("benchmark: interrupted; the cases that were done are written");
            return (int)ExitCode.Interrupted;
        }
    }
}
