using System.CommandLine;
using Trainer.Terminal;

namespace Trainer.Benchmarks.Commands;

/// <summary>How the time of a step grows.</summary>
internal static class GrowthCommand
{
    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        var command = new Command("growth", "Measures how the time grows with width, depth, batch, threads and rows.");
        command.SetAction(_ => shell.Output.WriteLine("later"));
        return command;
    }
}
