using System.CommandLine;
using Trainer.Failures;
using Trainer.Listings;
using Trainer.Results;
using Trainer.Terminal;
using Trainer.Yaml;

namespace Trainer.Commands;

/// <summary><c>trainer show-config</c>.</summary>
internal static class ShowConfigCommand
{
    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        var source = new Argument<string>("source") { HelpName = "RUN|CONFIG", Description = "folder of a run, or a configuration file" };
        Option<string[]> set = ProgramOptions.Set();
        var flat = new Option<bool>("--flat") { Description = "every key on a line of its own, defaults too, as KEY=VALUE" };
        Option<bool> json = ProgramOptions.Json();
        Option<string> root = ProgramOptions.Out();
        var command = new Command("show-config", "Prints the resolved configuration of a run or of a file, as YAML that 'trainer run' takes.")
        {
            source, set, flat, json, root,
        }.WithExamples(
            "trainer show-config configs/adam.yaml --set optimizer.lr=3e-4",
            "trainer show-config results/relu/0a1b2c3d-s1 --flat");
        command.SetAction((parsed, _) => CommandLine.Guarded(shell, () =>
        {
            var found = ConfigSource.Find(parsed.GetRequiredValue(source), parsed.GetRequiredValue(root), parsed.GetValue(set) ?? []);
            IReadOnlyList<ConfigLine> lines = ConfigLines.Of(found.Experiment);
            if (parsed.GetValue(json))
            {
                shell.Output.WriteLine(JsonText.Line(lines.ToDictionary(line => line.Key, line => line.Value)));
            }
            else
            {
                shell.Output.Write(parsed.GetValue(flat) ? string.Concat(lines.Select(line => $"{line.Key}={line.Value}\n")) : ConfigWriter.Write(found.Experiment));
            }
            return ExitCode.Ok;
        }));
        return command;
    }
}
