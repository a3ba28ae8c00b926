using System.CommandLine;
using Trainer.Clusters;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer sweep status | collect | resume | cancel</c>: what there is to do about a sweep on a cluster.</summary>
internal static class ClusterCommands
{
    /// <summary>The verbs.</summary>
    public static IEnumerable<Command> Create(Shell shell) => [Status(shell), Collect(shell), Resume(shell), Cancel(shell)];

    private static Argument<string> Sweep() => new("sweep") { HelpName = "SWEEP", Description = "sweep file, name of the sweep, or its folder, as results/sweeps/course" };

    private static Command Status(Shell shell)
    {
        Argument<string> sweep = Sweep();
        Option<string> folder = ProgramOptions.Out();
        Option<bool> json = ProgramOptions.Json();
        var command = new Command("status", "Says how the cells of a submitted sweep stand: what their files say, then what SLURM says, which is asked every 30 s at most.")
        {
            sweep, folder, json,
        }.WithExamples("trainer sweep status results/sweeps/course");
        command.SetAction((parsed, _) => CommandLine.Guarded(
            shell, () => new StatusSession(shell, Target(parsed, sweep, folder), parsed.GetValue(json)).Execute()));
        return command;
    }

    private static Command Collect(Shell shell)
    {
        Argument<string> sweep = Sweep();
        Option<string> folder = ProgramOptions.Out();
        Option<bool> json = ProgramOptions.Json();
        var command = new Command(
            "collect",
            "Writes the index of a submitted sweep from its run folders; needs no SLURM. Ends with 0 when all are done, 1 when one failed, 5 when one diverged, 85 when some are still to be done.")
        {
            sweep, folder, json,
        }.WithExamples("trainer sweep collect results/sweeps/course");
        command.SetAction((parsed, _) => CommandLine.Guarded(
            shell, () => new CollectSession(shell, Target(parsed, sweep, folder), parsed.GetValue(json)).Execute()));
        return command;
    }

    private static Command Resume(Shell shell)
    {
        Argument<string> sweep = Sweep();
        Option<string> folder = ProgramOptions.Out();
        var retry = new Option<bool>("--retry") { Description = "submit cells again that failed or diverged" };
        Option<string?> data = new("--data") { HelpName = "DIR", Description = "folder with the four Fashion-MNIST files, where they have moved" };
        var settings = new LauncherOptions();
        Command command = new Command("resume", "Submits again what is not done and has no task: killed, stopped, cancelled, lost. What is asked of SLURM is what was asked last, but for the options given here.")
        {
            sweep, retry, data, folder,
        }.WithExamples("trainer sweep resume results/sweeps/course", "trainer sweep resume results/sweeps/course --time 2:00:00");
        settings.AddSlurmTo(command);
        command.SetAction((parsed, _) => CommandLine.Guarded(shell, () =>
            new RelaunchSession(shell, Target(parsed, sweep, folder), before => settings.Over(parsed, before)) { Retry = parsed.GetValue(retry), Data = parsed.GetValue(data) }.Execute()));
        return command;
    }

    private static Command Cancel(Shell shell)
    {
        Argument<string> sweep = Sweep();
        Option<string> folder = ProgramOptions.Out();
        var command = new Command("cancel", "Cancels what is queued and at work of a submitted sweep; what is at work is kept at a checkpoint, and 'resume' goes on with it.")
        {
            sweep, folder,
        }.WithExamples("trainer sweep cancel results/sweeps/course");
        command.SetAction((parsed, _) => CommandLine.Guarded(shell, () => new CancelSession(shell, Target(parsed, sweep, folder)).Execute()));
        return command;
    }

    private static ClusterFolder Target(ParseResult parsed, Argument<string> sweep, Option<string> folder) =>
        ClusterTarget.Find(parsed.GetRequiredValue(sweep), parsed.GetRequiredValue(folder));
}
