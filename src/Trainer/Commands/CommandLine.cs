using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text.RegularExpressions;
using Trainer.Failures;
using Trainer.Terminal;
using Trainer.Yaml;

namespace Trainer.Commands;

/// <summary>The program's verbs, and what every one of them does when something goes wrong.</summary>
internal static partial class CommandLine
{
    private const string DebugVariable = "TRAINER_DEBUG";

    /// <summary>Reads the arguments and does what they say.</summary>
    /// <returns>The exit status.</returns>
    public static async Task<int> InvokeAsync(IReadOnlyList<string> arguments, Shell shell)
    {
        RootCommand root = Root(shell);
        ParseResult parsed = root.Parse(arguments.Count == 0 ? ["--help"] : arguments);
        if (parsed.Action is ParseErrorAction)
        {
            return (int)Refuse(parsed, shell);
        }
        // Signals are ours (Interrupt): the run ends between two slices and keeps what it has.
        var configuration = new InvocationConfiguration
        {
            Output = shell.Output,
            Error = shell.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        int status = await parsed.InvokeAsync(configuration);
        if (shell.OutputLoss() is not { } loss)
        {
            return status;
        }
        shell.Error.WriteLine($"trainer: what was to be printed is lost ({Excerpt.OneLine(loss.Message)}); what was recorded is not");
        return status == (int)ExitCode.Ok ? (int)ExitCode.Failure : status;
    }

    /// <summary>Runs a verb's action: a failure becomes one line on the error stream and its exit status.</summary>
    public static async Task<int> GuardedAsync(Shell shell, Func<CancellationToken, Task<ExitCode>> action)
    {
        using var interrupt = new Interrupt();
        try
        {
            ExitCode code = await UnwrappedAsync(action, interrupt.Token);
            // Who presses Ctrl-C does not want to see the run again at once, which is what asking for a requeue brings.
            return (int)(code == ExitCode.Requeue && interrupt.IsByHand ? ExitCode.Interrupted : code);
        }
        catch (TrainerException failure)
        {
            // The names of files and what is in them may hold what a terminal would obey.
            shell.Error.WriteLine($"trainer: {Excerpt.OneLine(failure.Message)}");
            return (int)failure.ExitCode;
        }
        catch (OperationCanceledException)
        {
            shell.Error.WriteLine("trainer: interrupted");
            return (int)ExitCode.Interrupted;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A full disk or a closed pipe behind the output; files of ours are reported by name where they are written.
            shell.Error.WriteLine($"trainer: {failure.Message.ReplaceLineEndings(" ")}");
            return (int)ExitCode.Failure;
        }
        catch (OutOfMemoryException)
        {
            shell.Error.WriteLine("trainer: not enough memory; try a smaller batch_size or smaller model.hidden");
            return (int)ExitCode.Failure;
        }
        catch (Exception defect) when (Environment.GetEnvironmentVariable(DebugVariable) is null or "")
        {
            string message = defect.Message.ReplaceLineEndings(" ");
            shell.Error.WriteLine(
                $"trainer: unexpected {defect.GetType().Name}: {message} (a defect of this program; {DebugVariable}=1 shows where)");
            return (int)ExitCode.Failure;
        }
    }

    /// <summary>The same for a verb that trains: stopped by a signal, it asks to be started again, however far it was.</summary>
    public static Task<int> ResumableAsync(Shell shell, Func<CancellationToken, Task<ExitCode>> action) => GuardedAsync(shell, async cancellation =>
    {
        try
        {
            return await action(cancellation);
        }
        catch (OperationCanceledException)
        {
            shell.Error.WriteLine("trainer: interrupted before anything was trained; the same command goes on");
            return ExitCode.Requeue;
        }
    });

    /// <summary>The same for an action that waits for nothing.</summary>
    public static Task<int> Guarded(Shell shell, Func<ExitCode> action) =>
        GuardedAsync(shell, _ => Task.FromResult(action()));

    /// <summary>Of what went wrong in several threads at once, the first failure that we have words for is the one to tell.</summary>
    private static async Task<ExitCode> UnwrappedAsync(Func<CancellationToken, Task<ExitCode>> action, CancellationToken cancellation)
    {
        try
        {
            return await action(cancellation);
        }
        catch (AggregateException several) when (several.Flatten().InnerExceptions.OfType<TrainerException>().FirstOrDefault() is { } failure)
        {
            throw failure;
        }
    }

    private static RootCommand Root(Shell shell)
    {
        RootCommand root = new RootCommand(
            "Trains multi-layer perceptrons on Fashion-MNIST: gradients by hand, the same bits on every machine.")
        {
            RunCommand.Create(shell),
            ResumeCommand.Create(shell),
            SweepCommand.Create(shell),
            SweepTaskCommand.Create(shell),
            ShowCommand.Create(shell),
            PlotCommand.Create(shell),
            EvalCommand.Create(shell),
            PredictCommand.Create(shell),
            CompareCommand.Create(shell),
            ReportCommand.Create(shell),
            WatchCommand.Create(shell),
            ListCommand.Create(shell),
            ShowConfigCommand.Create(shell),
            DiffCommand.Create(shell),
            RmCommand.Create(shell),
            GradcheckCommand.Create(shell),
            DoctorCommand.Create(shell),
            VerifyCommand.Create(shell),
            DataCommand.Create(shell),
            InfoCommand.Create(shell),
        }.WithExamples("trainer run configs/relu.yaml", "trainer show");
        HelpText.Install(root);
        return root;
    }

    /// <summary>One line for what cannot be understood: the argument, and what would be.</summary>
    private static ExitCode Refuse(ParseResult parsed, Shell shell)
    {
        Command command = parsed.CommandResult.Command;
        string verb = string.Concat(Lineage(command).Select(part => " " + part.Name));
        string[] verbs = [.. command.Subcommands.Select(subcommand => subcommand.Name)];
        string[] options = [.. command.Options.Select(option => option.Name)];
        string problem = parsed.UnmatchedTokens switch
        {
            [var first, ..] when first.StartsWith('-') => $"'{first}' is not known{Suggestion.Ending(first, options)}",
            [var first, ..] when verbs.Length > 0 => $"'{first}' is not known{Suggestion.Ending(first, verbs)}",
            _ => Plain(parsed.Errors[0].Message),
        };
        shell.Error.WriteLine($"trainer{verb}: {problem}; see 'trainer{verb} --help'");
        return ExitCode.Usage;
    }

    private static IEnumerable<Command> Lineage(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent
        ? Lineage(parent).Append(command)
        : [];

    /// <summary>The library's message on one line, in words that a user of the program knows.</summary>
    internal static string Plain(string message)
    {
        string line = WhiteSpace().Replace(message, " ").TrimEnd('.', ' ');
        Match conversion = UnparsedArgument().Match(line);
        return conversion.Success
            ? $"{conversion.Groups["option"].Value}: '{conversion.Groups["value"].Value}' is not a whole number that fits"
            : line;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for option '(?<option>[^']*)' as expected type '.*Int")]
    private static partial Regex UnparsedArgument();
}
