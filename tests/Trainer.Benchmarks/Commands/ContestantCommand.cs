using System.CommandLine;
using Trainer.Benchmarks.Contestants;
using Trainer.Terminal;

namespace Trainer.Benchmarks.Commands;

/// <summary>Our own engine as a contestant: what the comparison starts beside the peers.</summary>
internal static class ContestantCommand
{
    /// <summary>The verb, hidden: nobody types its requests.</summary>
    public static Command Create(Shell shell)
    {
        var threads = new Option<int>("--threads") { HelpName = "N", Description = "threads of the engine" };
        var command = new Command("contestant", "Answers requests of the comparison, a line of JSON each.") { threads };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            // Ctrl-C reaches every process of the terminal; who started this one ends it.
            using var interrupt = new Interrupt();
            using var contestant = new OwnContestant(parsed.GetValue(threads));
            contestant.Serve(Console.In, shell.Output);
            return 0;
        });
        return command;
    }
}
