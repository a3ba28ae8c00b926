using System.CommandLine;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer run</c>.</summary>
internal static class RunCommand
{
    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        var config = new Argument<string>("config") { HelpName = "CONFIG", Description = "configuration file, as configs/relu.yaml" };
        config.CompletionSources.Add(_ => ConfigFiles());
        Option<string[]> set = ProgramOptions.Set();
        var seed = new Option<ulong?>("--seed") { HelpName = "N", Description = "another seed" };
        var epochs = new Option<int?>("--epochs") { HelpName = "N", Description = "another number of epochs" };
        Option<string?> device = ProgramOptions.Device();
        Option<int> threads = ProgramOptions.Threads();
        var trace = new Option<int>("--trace") { HelpName = "N", Description = "record the first N steps in detail, for scripts/pytorch_reference.py" };
        trace.CheckRange(0, int.MaxValue);
        var force = new Option<bool>("--force") { Description = "repeat a run that is already done" };
        Option<string?> data = ProgramOptions.Data();
        Option<string> folder = ProgramOptions.Out();
        Option<bool> json = ProgramOptions.Json();
        var command = new Command("run", "Trains a network as a configuration says and records everything in a folder.")
        {
            config, set, seed, epochs, device, threads, data, folder, force, trace, json,
        }.WithExamples(
            "trainer run configs/relu.yaml",
            "trainer run configs/sigmoid.yaml --seed 2 --epochs 40",
            "trainer run configs/adam.yaml --set optimizer.lr=3e-4 --set \"model.hidden=[256, 128]\"");
        command.SetAction((parsed, _) => CommandLine.GuardedAsync(shell, async cancellation =>
        {
            var options = new RunOptions
            {
                Config = parsed.GetRequiredValue(config),
                Set = parsed.GetValue(set) ?? [],
                Seed = parsed.GetValue(seed),
                Epochs = parsed.GetValue(epochs),
                Device = parsed.GetValue(device),
                Threads = parsed.GetValue(threads),
                Data = parsed.GetValue(data),
                Out = parsed.GetRequiredValue(folder),
                Force = parsed.GetValue(force),
                Json = parsed.GetValue(json),
                Trace = parsed.GetValue(trace),
            };
            var session = new RunSession(shell, options, shell.Data.Provider(shell));
            return await session.ExecuteAsync(["trainer", .. parsed.Tokens.Select(token => token.Value)], cancellation);
        }));
        return command;
    }

    private static IEnumerable<string> ConfigFiles() => Directory.Exists("configs")
        ? Directory.EnumerateFiles("configs", "*.yaml", SearchOption.AllDirectories).Select(file => file.Replace('\\', '/')).Order()
        : [];
}
