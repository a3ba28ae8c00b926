using System.CommandLine;
using Trainer.Doctor;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer doctor</c>.</summary>
internal static class DoctorCommand
{
    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        var run = new Argument<string>("run") { HelpName = "RUN", Description = "folder of a run, or a folder with one run in it" };
        Option<string?> data = ProgramOptions.Data();
        Option<bool> json = ProgramOptions.Json();
        var command = new Command(
            "doctor", "Reads a run and says in plain words what is wrong with it and what to try. Ends with 0 where nothing is, 6 where something is.")
        {
            run, data, json,
        }.WithExamples(
            "trainer doctor results/relu/0a1b2c3d-s1",
            "trainer run configs/doctor/dead-units.yaml && trainer doctor results/dead-units",
            "trainer doctor results/relu/0a1b2c3d-s1 --json");
        command.SetAction((parsed, _) => CommandLine.GuardedAsync(shell, async cancellation =>
        {
            RunFolder folder = RecordedRunFolder.Find(parsed.GetRequiredValue(run));
            RecordedRun recorded = await RecordedRunFolder.LoadAsync(folder, shell.Data.Provider(shell), parsed.GetValue(data), cancellation);
            var diagnosis = Diagnosis.Of(recorded);
            var report = new DoctorReport(shell.Output);
            if (parsed.GetValue(json))
            {
                report.WriteJson(recorded, diagnosis, folder.Path);
            }
            else
            {
                report.Write(recorded, diagnosis);
            }
            return diagnosis.HasProblems ? ExitCode.CheckFailed : ExitCode.Ok;
        }));
        return command;
    }
}
