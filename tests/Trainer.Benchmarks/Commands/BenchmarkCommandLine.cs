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
    /// <summary>Reads the arguments and does what they say.</summary>
    /// <returns>The exit status, as the program's own.</returns>
    public static async Task<int> InvokeAsync(IReadOnlyList<string> arguments, Shell shell)
    {
        RootCommand root = CompareCommand.Create(shell);
        root.Add(GrowthCommand.Create(shell));
        root.Add(KernelsCommand.Create());
        root.Add(ContestantCommand.Create(shell));
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Action is ParseErrorAction)
        {
            string message = parsed.UnmatchedTokens is [var first, ..]
                ? $"'{first}' is not known{Suggestion.Ending(first, [.. parsed.CommandResult.Command.Options.Select(option => option.Name)])}"
                : parsed.Errors[0].Message.ReplaceLineEndings(" ");
            shell.Error.WriteLine($"benchmark: {message}");
            return (int)ExitCode.Usage;
        }
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = shell.Output,
            Error = shell.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        });
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
