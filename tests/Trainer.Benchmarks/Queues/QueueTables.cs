using System.Globalization;

namespace Trainer.Benchmarks.Queues;

/// <summary>The tables of docs/clusters.md, simulated.</summary>
internal static class QueueTables
{
    private const long Second = 1_000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;
    private static readonly int[] Slots = [8, 50, 500];

    private static readonly (int Cells, long CellTime, int CellsPerTask)[] Sizes =
    [
        (24, 15 * Second, 1), (100, 15 * Second, 1), (1_000, 15 * Second, 1), (1_000, 15 * Second, 10),
        (10_000, 15 * Second, 1), (10_000, 15 * Second, 10), (10_000, 15 * Second, 100),
        (24, 2 * Minute, 1), (100, 2 * Minute, 1), (1_000, 2 * Minute, 1), (10_000, 2 * Minute, 1), (10_000, 2 * Minute, 10),
        (24, Hour, 1), (100, Hour, 1), (1_000, Hour, 1), (10_000, Hour, 1),
    ];

    private static readonly QueueScenario Long = new() { Cells = 1_000, CellTime = Hour, Spread = 0.5 };

    private static readonly (string What, QueueScenario Scenario)[] Troubles =
    [
        ("nothing", Long),
        ("preempted every 10 hours, with a signal", Long with { StopsPerHour = 0.1, IsAnnounced = true }),
        ("preempted every hour, with a signal", Long with { StopsPerHour = 1, IsAnnounced = true }),
        ("loses its node every 10 hours", Long with { StopsPerHour = 0.1 }),
        ("loses its node every hour", Long with { StopsPerHour = 1 }),
        ("the same, `checkpoint: {epochs: 5, minutes: 0}`", Long with { StopsPerHour = 1, CheckpointEpochs = 5 }),
        ("the same, `checkpoint: {epochs: 0, minutes: 0}`", Long with { StopsPerHour = 1, CheckpointEpochs = 0 }),
        ("cut by `--time 30`", Long with { TimeLimit = 30 * Minute }),
        ("cut by `--time 10`", Long with { TimeLimit = 10 * Minute }),
        ("cut by `--time 240 --cells-per-task 10`", Long with { TimeLimit = 4 * Hour, CellsPerTask = 10 }),
    ];

    private static readonly (int Cells, int CellsPerTask)[] Loads =
        [(24, 1), (100, 1), (1_000, 1), (1_000, 10), (10_000, 1), (10_000, 10), (10_000, 100)];

    /// <summary>Arrays of <c>sleep</c> on SLURM 22.05.8 with nothing said in slurm.conf about its scheduler: how long they took from sbatch to
    /// the end of the last task. In the last one 100 tasks began at once and 80 after 29.6 s.</summary>
    public static IReadOnlyList<(int Tasks, int Seconds, int Slots, double Measured)> Arrays { get; } =
        [(60, 2, 8, 24.2), (60, 20, 8, 171.3), (180, 90, 200, 119.7)];

    /// <summary>The seconds that such an array takes in the simulation.</summary>
    public static double Simulated(int tasks, int seconds, int slots) => QueueSimulation.Of(
        new QueueScenario { Cells = tasks, CellTime = seconds * Second, StartUp = 0 }, new QueueSite { Slots = slots }).Makespan / (double)Second;

    /// <summary>SLURM against the simulation.</summary>
    public static string Held() => Text(
    [
        "| Array of `sleep` | Slots | SLURM 22.05.8 | Simulated |",
        "| --- | --- | --- | --- |",
        .. Arrays.Select(array => FormattableString.Invariant(
            $"| {array.Tasks} tasks of {array.Seconds} s | {array.Slots} | {array.Measured:0.0} s | {Simulated(array.Tasks, array.Seconds, array.Slots):0.0} s |")),
    ]);

    /// <summary>How waiting and cost grow with the number of cells.</summary>
    public static string Growth()
    {
        var lines = new List<string>
        {
            $"| Cells | of about | a task | Tasks | Core hours | of them start-up | {string.Join(" | ", Slots.Select(slots => $"Done with {slots} slots"))} | Mean wait with 50 |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        };
        foreach ((int cells, long time, int cellsPerTask) in Sizes)
        {
            var scenario = new QueueScenario { Cells = cells, CellTime = time, Spread = 0.5, CellsPerTask = cellsPerTask };
            QueueOutcome[] outcomes = [.. Slots.Select(slots => QueueSimulation.Of(scenario, new QueueSite { Slots = slots }))];
            QueueOutcome middle = outcomes[1];
            lines.Add(
                $"| {Count(cells)} | {Time(time)} | {cellsPerTask} | {Count(scenario.Tasks)} | {Hours(middle.Paid)} | {Share(middle.StartUp, middle.Paid)} | "
                + $"{string.Join(" | ", outcomes.Select(outcome => Time(outcome.Makespan)))} | {Time(middle.MeanWait)} |");
        }
        return Text(lines);
    }

    /// <summary>What stops and time limits cost.</summary>
    public static string Stops()
    {
        var lines = new List<string>
        {
            "| What happens to a task | Starts | Put back by itself | Core hours | Trained again | at most by one stop | All done after |",
            "| --- | --- | --- | --- | --- | --- | --- |",
        };
        foreach ((string what, QueueScenario scenario) in Troubles)
        {
            QueueOutcome outcome = QueueSimulation.Of(scenario, new QueueSite());
            lines.Add(
                $"| {what} | {Count(outcome.Starts)} | {Count(outcome.Requeues)} | {Hours(outcome.Paid)} | {Share(outcome.Repeated, outcome.Paid)} | "
                + $"{Time(outcome.MostRepeated)} | {Time(outcome.Makespan)} |");
        }
        return Text(lines);
    }

    /// <summary>Files on the shared disk and calls to the controller.</summary>
    /// <param name="program">Files of the program's copy.</param>
    public static string Load(int program)
    {
        int most = new QueueSite().LargestArray;
        var lines = new List<string>
        {
            "| Cells | a task | `sbatch` | Tasks the controller starts | Files of runs | of the sweep | Folders | Entries of the fullest |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
        };
        foreach ((int cells, int cellsPerTask) in Loads)
        {
            int tasks = (cells + cellsPerTask - 1) / cellsPerTask;
            int arrays = (tasks + most - 1) / most;
            var files = SweepFiles.Of(cells, tasks, arrays, program);
            lines.Add(
                $"| {Count(cells)} | {cellsPerTask} | {arrays} | {Count(tasks)} | {Count(files.Runs)} | {Count(files.Sweep)} | "
                + $"{Count(files.Folders)} | {Count(files.LargestFolder)} |");
        }
        return Text(lines);
    }

    /// <summary>"45 s", "4 min", "2.1 h", "8.4 d".</summary>
    public static string Time(long milliseconds) => milliseconds switch
    {
        0 => "0",
        < 2 * Minute => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / (double)Second:0} s"),
        < Hour => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / (double)Minute:0} min"),
        < 48 * Hour => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / (double)Hour:0.0} h"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / (24.0 * Hour):0.0} d"),
    };

    private static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Hours(long milliseconds)
    {
        double hours = milliseconds / (double)Hour;
        return hours.ToString(hours < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
    }

    private static string Share(long part, long whole) => part == 0 ? "0" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * part / whole:0.0} %");

    private static string Text(IEnumerable<string> lines) => string.Join('\n', lines) + "\n";
}
