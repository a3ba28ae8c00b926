using System.CommandLine;
using Trainer.Failures;
using Trainer.Listings;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer diff</c>.</summary>
internal static class DiffCommand
{
    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        Argument<string> first = Source("first");
        Argument<string> second = Source("second");
        Option<bool> json = ProgramOptions.Json();
        Option<string> root = ProgramOptions.Out();
        var command = new Command(
            "diff", "Shows where two runs or configurations differ: keys, data set, commit, engine, and the first epoch at which the metrics do. Ends with 0 either way.")
        {
            first, second, json, root,
        }.WithExamples(
            "trainer diff configs/relu.yaml configs/sigmoid.yaml",
            "trainer diff results/relu/0a1b2c3d-s1 results/relu/0a1b2c3d-s2");
        command.SetAction((parsed, _) => CommandLine.Guarded(shell, () =>
        {
            string results = parsed.GetRequiredValue(root);
            var difference = RunDifference.Of(
                ConfigSource.Find(parsed.GetRequiredValue(first), results, []), ConfigSource.Find(parsed.GetRequiredValue(second), results, []));
            if (parsed.GetValue(json))
            {
                shell.Output.WriteLine(JsonText.Line(difference));
                return ExitCode.Ok;
            }
            foreach (string line in difference.Lines(rounded: shell.IsTerminal))
            {
                shell.Output.WriteLine(line);
            }
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Argument<string> Source(string name) => new(name)
    {
        HelpName = "RUN|CONFIG",
        Description = "folder of a run, or a configuration file",
    };
}
