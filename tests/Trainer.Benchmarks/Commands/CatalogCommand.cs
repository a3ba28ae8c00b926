using System.CommandLine;
using Trainer.Benchmarks.Catalogs;
using Trainer.Benchmarks.Racing;
using Trainer.Terminal;

namespace Trainer.Benchmarks.Commands;

/// <summary>How long it takes to look at many runs.</summary>
internal static class CatalogCommand
{
    private const int Rounds = 7;

    /// <summary>The verb.</summary>
    public static Command Create(Shell shell)
    {
        var command = new Command("catalog", "Measures 'trainer compare' on 500 made-up runs of 100 epochs, from its start to its end.");
        command.SetAction(_ => BenchmarkCommandLine.Guarded(shell, cancellation => Run(shell, cancellation)));
        return command;
    }

    private static void Run(Shell shell, CancellationToken cancellation)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("trainer-catalog-");
        try
        {
            MadeUpRuns.Write(folder.FullName);
            string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "trainer.exe" : "trainer");
            double[] seconds = [.. Enumerable.Range(0, Rounds)
                .Select(_ => new ProgramRun(program, ["compare", folder.FullName], new Dictionary<string, string>(), cancellation).Seconds(null) ?? double.NaN)
                .Order()];
            shell.Output.WriteLine(FormattableString.Invariant(
                $"compare, 500 runs of 100 epochs: {seconds[Rounds / 2]:0.00} s ({seconds[0]:0.00}-{seconds[^1]:0.00}, {Rounds} rounds)"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
