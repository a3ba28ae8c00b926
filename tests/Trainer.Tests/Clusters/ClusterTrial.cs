using System.Text.Json;
using Trainer.Clusters;
using Trainer.Results;
using Trainer.Tests.Commands;
using Trainer.Tests.Processes;
using Trainer.Tests.Sweeps;

namespace Trainer.Tests.Clusters;

/// <summary>A small sweep, a SLURM that does what the test says, and a clock that it sets.</summary>
internal sealed class ClusterTrial : IDisposable
{
    /// <summary>What most tests submit: six cells.</summary>
    public const string Six = "grid: {optimizer.lr: [0.1, 0.2]}\nseeds: 1-3\n";

    private readonly Dictionary<string, string> _variables = [];

    public ClusterTrial() => Sweep = new SweepTrial(
        ChildProgram.TrainCount, ChildProgram.TestCount, clusters: new ClusterAccess(Slurm.Runner, name => _variables.GetValueOrDefault(name), Clock) { Slurm = Slurm.Client });

    /// <summary>The scheduler.</summary>
    public FakeSlurm Slurm { get; } = new();

    /// <summary>The time.</summary>
    public TrialClock Clock { get; } = new();

    /// <summary>The sweep, and the program.</summary>
    public SweepTrial Sweep { get; }

    /// <summary>What the sweep keeps.</summary>
    public ClusterFolder Folder => new(Sweep.Folder);

    /// <summary>The calls of one of the scheduler's programs.</summary>
    public string[] Calls(string program) => [.. Slurm.Calls.Where(call => call.Split('|')[0] == program)];

    /// <summary><c>trainer sweep --launcher slurm</c>.</summary>
    public Task<ProgramOutcome> LaunchAsync(string text = Six, params string[] more) => Sweep.RunAsync(text, ["--launcher", "slurm", .. more]);

    /// <summary>The same, which must go well.</summary>
    public async Task<Submission> LaunchedAsync(string text = Six, params string[] more)
    {
        ProgramOutcome outcome = await LaunchAsync(text, more);
        Assert.True(outcome.Status == 0, outcome.Error);
        return Folder.AllSubmissions()[^1];
    }

    /// <summary><c>trainer sweep status | collect | resume | cancel</c>.</summary>
    public Task<ProgramOutcome> DoAsync(string verb, params string[] more) => Sweep.Program.RunAsync(["sweep", verb, Sweep.Folder.Path, .. more]);

    /// <summary>A task as a node starts it, in the test's process.</summary>
    /// <param name="index">Its index.</param>
    /// <param name="submission">The submission.</param>
    /// <param name="offset">Tasks in the arrays before.</param>
    /// <param name="restart">How often it was started before.</param>
    /// <param name="job">The array's id.</param>
    public Task<ProgramOutcome> TaskAsync(int index, int submission = 1, int offset = 0, int restart = 0, string job = "4711")
    {
        _variables["SLURM_ARRAY_JOB_ID"] = job;
        _variables["SLURM_ARRAY_TASK_ID"] = FormattableString.Invariant($"{index}");
        _variables.Remove("SLURM_RESTART_COUNT");
        if (restart > 0)
        {
            _variables["SLURM_RESTART_COUNT"] = FormattableString.Invariant($"{restart}");
        }
        return Sweep.Program.RunAsync(
            "sweep-task", Sweep.Folder.Path, "--submission", FormattableString.Invariant($"{submission}"), "--offset", FormattableString.Invariant($"{offset}"));
    }

    /// <summary>The same in a process of its own.</summary>
    public TrainingChild Start(int index, int restart = 0, int submission = 1) => new(
        Sweep.Program,
        new Dictionary<string, string>
        {
            ["PATH"] = $"{Slurm.Programs}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}",
            ["SLURM_ARRAY_JOB_ID"] = "4711",
            ["SLURM_ARRAY_TASK_ID"] = FormattableString.Invariant($"{index}"),
            ["SLURM_RESTART_COUNT"] = FormattableString.Invariant($"{restart}"),
        },
        "sweep-task", Path.GetFullPath(Sweep.Folder.Path), "--submission", FormattableString.Invariant($"{submission}"), "--offset", "0");

    /// <summary>Has a cell's task done.</summary>
    public async Task DoneAsync(params int[] indices)
    {
        foreach (int index in indices)
        {
            ProgramOutcome outcome = await TaskAsync(index);
            Assert.True(outcome.Status == 0, outcome.Error);
        }
    }

    /// <summary>Where a cell is recorded.</summary>
    public RunFolder RunOf(int cell)
    {
        var files = new PlanFiles(Folder);
        return files.Cell(cell).FolderBelow(files.Plan().Results);
    }

    /// <summary>The name of an array.</summary>
    public string NameOf(int submission = 1, int part = 1) => Folder.Submission(submission).Parts[part - 1].Name;

    /// <summary>What the queue answers from now on: lines without the job's name, as "4711_2|RUNNING|None", of the first array of a submission.</summary>
    public void Queue(int submission, params string[] lines) => Slurm.Tell("squeue.answer", string.Join('\n', lines.Select(line =>
        line.Split('|', 3) is [var tasks, var state, var reason] ? $"{tasks}|{state}|{NameOf(submission)}|{reason}" : line)));

    /// <summary>How the cells stand, as <c>trainer sweep status --json</c> has it, in their order.</summary>
    public async Task<string[]> StandingsAsync()
    {
        ProgramOutcome outcome = await DoAsync("status", "--json");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        return Standings(outcome);
    }

    /// <summary>The standings in the output of <c>trainer sweep status --json</c>.</summary>
    public static string[] Standings(ProgramOutcome outcome) =>
        [.. outcome.Output.TrimEnd('\n').Split('\n').Select(line => JsonDocument.Parse(line).RootElement.GetProperty("state").GetString()!)];

    /// <summary>What a task leaves that is at work on a cell, or whose machine has gone: the run without its end.</summary>
    /// <param name="cell">The cell, whose task has been done.</param>
    /// <param name="updated">When it said so last.</param>
    public void Unfinish(int cell, DateTimeOffset updated)
    {
        RunFolder run = RunOf(cell);
        RunStatus status = RunStatus.TryRead(run)!;
        File.Delete(run.Summary);
        File.WriteAllText(run.Status, JsonText.File(status with { State = RunState.Running, Epoch = 1, Updated = updated }));
    }

    /// <summary>Sets a variable of the environment.</summary>
    public void Set(string variable, string value) => _variables[variable] = value;

    public void Dispose()
    {
        Sweep.Dispose();
        Slurm.Dispose();
    }
}
