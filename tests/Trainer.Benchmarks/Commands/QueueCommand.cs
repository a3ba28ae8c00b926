using System.CommandLine;
using Trainer.Benchmarks.Queues;
using Trainer.Failures;
using Trainer.Terminal;

namespace Trainer.Benchmarks.Commands;

/// <summary>How long a sweep takes on a cluster, and what it costs, simulated.</summary>
internal static class QueueCommand
{
    private const double Second = 1_000;

    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        Option<int> cells = Number("--cells", "Cells of the sweep", 1_000);
        Option<double> seconds = Seconds("--seconds", "How long a cell trains", 120);
        Option<int> epochs = Number("--epochs", "Epochs of a cell", 20);
        Option<int> checkpoint = Number("--checkpoint-epochs", "A checkpoint after every so many epochs; 0 for none", 1, least: 0);
        Option<int> cellsPerTask = Number("--cells-per-task", "Cells that a task trains one after the other", 1);
        Option<int> slots = Number("--slots", "Tasks that run at once: what the partition leaves free, or the site allows", 50);
        Option<int> cores = Number("--cpus", "Cores of a task", 1);
        Option<double> startUp = Seconds("--start-up", "Seconds from the start of a task to its first training step", 1.5);
        Option<double> limit = Seconds("--time", "Time limit of a task, in minutes; 0 for none", 0);
        Option<double> stops = Seconds("--stops-per-hour", "How often an hour a task loses its node, and is started again", 0);
        var announced = new Option<bool>("--announced") { Description = "It is preempted with a signal instead, and leaves a checkpoint" };
        var command = new Command("queue", "Simulates a sweep in SLURM's queue: how long it takes and what it costs; see docs/clusters.md.")
        {
            cells, seconds, epochs, checkpoint, cellsPerTask, slots, cores, startUp, limit, stops, announced,
        };
        command.SetAction(parsed => BenchmarkCommandLine.Guarded(shell, _ => Print(
            shell,
            new QueueScenario
            {
                Cells = parsed.GetValue(cells),
                CellTime = (long)(parsed.GetValue(seconds) * Second),
                Spread = 0.5,
                Epochs = parsed.GetValue(epochs),
                CheckpointEpochs = parsed.GetValue(checkpoint),
                CellsPerTask = parsed.GetValue(cellsPerTask),
                Cores = parsed.GetValue(cores),
                StartUp = (long)(parsed.GetValue(startUp) * Second),
                TimeLimit = parsed.GetValue(limit) is > 0 and var minutes ? (long)(minutes * 60 * Second) : null,
                StopsPerHour = parsed.GetValue(stops),
                IsAnnounced = parsed.GetValue(announced),
            },
            new QueueSite { Slots = parsed.GetValue(slots) })));
        return command;
    }

    private static Option<int> Number(string name, string what, int value, int least = 1) =>
        Checked(new Option<int>(name) { Description = what, DefaultValueFactory = _ => value }, number => number >= least, $"at least {least}");

    private static Option<double> Seconds(string name, string what, double value) =>
        Checked(
            new Option<double>(name) { Description = what, DefaultValueFactory = _ => value },
            number => number is >= 0 and <= 1e9, "0 or more");

    private static Option<T> Checked<T>(Option<T> option, Func<T, bool> isGood, string good)
    {
        option.Validators.Add(result =>
        {
            if (result.Errors.Any() || !isGood(result.GetValueOrDefault<T>()))
            {
                result.AddError($"{option.Name} has to be a number, {good}");
            }
        });
        return option;
    }

    private static void Print(Shell shell, QueueScenario scenario, QueueSite site)
    {
        QueueOutcome outcome;
        try
        {
            outcome = QueueSimulation.Of(scenario, site);
        }
        catch (ArgumentException failure)
        {
            throw new ConfigException(failure.Message);
        }
        string[][] lines =
        [
            ["all done after", QueueTables.Time(outcome.Makespan)],
            ["waiting for the first start", $"{QueueTables.Time(outcome.MeanWait)} in the mean, {QueueTables.Time(outcome.LongestWait)} at most"],
            ["core hours", Hours(outcome.Paid)],
            ["  start-up", Hours(outcome.StartUp)],
            ["  trained again", Hours(outcome.Repeated)],
            ["tasks", FormattableString.Invariant($"{scenario.Tasks} in {outcome.Arrays} arrays, started {outcome.Starts} times")],
            ["put back by itself", FormattableString.Invariant($"{outcome.Requeues} times")],
            ["stopped by others", FormattableString.Invariant($"{outcome.Stops} times")],
            ["cells not done", FormattableString.Invariant($"{outcome.Unfinished}")],
            ["calls of squeue", FormattableString.Invariant($"{outcome.MostQueries} at most")],
        ];
        foreach (string[] line in lines)
        {
            shell.Output.WriteLine($"{line[0],-28} {line[1]}");
        }
    }

    private static string Hours(long milliseconds) => FormattableString.Invariant($"{milliseconds / 3_600_000.0:0.00}");
}
