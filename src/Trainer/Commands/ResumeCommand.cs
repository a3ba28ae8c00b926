using System.CommandLine;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Sessions;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer resume</c>: an unfinished run goes on, from its folder alone.</summary>
internal static class ResumeCommand
{
    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        Argument<string> run = ProgramOptions.Run();
        var checkpoints = new Option<string?>("--checkpoints") { HelpName = "DIR", Description = "another folder with checkpoints of this run: where a full disk sent one" };
        Option<string?> device = ProgramOptions.Device();
        Option<int> threads = ProgramOptions.Threads();
        Option<string?> data = ProgramOptions.Data();
        Option<bool> json = ProgramOptions.Json();
        var command = new Command(
            "resume", "Goes on with a run that was stopped, killed or cut off, from its last checkpoint: the same bits as if nothing had happened. 'trainer run' with the same configuration does so, too.")
        {
            run, checkpoints, device, threads, data, json,
        }.WithExamples(
            "trainer resume results/relu/0a1b2c3d-s1",
            "trainer resume results/relu/0a1b2c3d-s1 --device cpu --threads 1");
        command.SetAction((parsed, _) => CommandLine.ResumableAsync(shell, async cancellation =>
        {
            var session = new ResumeSession(shell, RunFinder.FindBegun(parsed.GetRequiredValue(run)), shell.Data.Provider(shell))
            {
                Device = parsed.GetValue(device),
                Data = parsed.GetValue(data),
                Start = new RunStart(Refuge: RefugeOf(parsed.GetValue(checkpoints))),
            };
            string[] words = ["trainer", .. parsed.Tokens.Select(token => token.Value)];
            return await session.ExecuteAsync(new SingleRun(shell, parsed.GetValue(json), parsed.GetValue(threads), words), cancellation);
        }));
        return command;
    }

    private static string? RefugeOf(string? folder) => folder is null || Directory.Exists(folder)
        ? folder
        : throw new ConfigException($"--checkpoints: {folder}: no such folder; give one with state-*.safetensors in it");
}
