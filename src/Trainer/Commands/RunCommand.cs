using System.CommandLine;
using Trainer.Data;
using Trainer.Sweeps;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer run</c>.</summary>
internal static class RunCommand
{
    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        var configs = new Argument<string[]>("config")
        {
            HelpName = "CONFIG",
            Description = "configuration file, as configs/relu.yaml; several run side by side",
            Arity = ArgumentArity.OneOrMore,
        };
        configs.CompleteConfigs();
        configs.RefuseOptions();
        Option<string[]> set = ProgramOptions.Set();
        var seed = new Option<ulong?>("--seed") { HelpName = "N", Description = "another seed" };
        Option<string?> seeds = ProgramOptions.Seeds();
        var epochs = new Option<int?>("--epochs") { HelpName = "N", Description = "another number of epochs" };
        var from = new Option<string?>("--from") { HelpName = "RUN", Description = "begin with the weights of another run's last epoch, or of a .safetensors file" };
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
            configs, set, seed, seeds, epochs, from, device, threads, data, folder, force, trace, json,
        }.WithExamples(
            "trainer run configs/relu.yaml",
            "trainer run configs/sigmoid.yaml --seed 2 --epochs 40",
            "trainer run configs/relu.yaml configs/sigmoid.yaml --seeds 1-3",
            "trainer run configs/adam.yaml --from results/relu/0a1b2c3d-s1",
            "trainer run configs/adam.yaml --set optimizer.lr=3e-4 --set \"model.hidden=[256, 128]\"");
        command.SetAction((parsed, _) => CommandLine.ResumableAsync(shell, async cancellation =>
        {
            var options = new RunOptions
            {
                Configs = parsed.GetRequiredValue(configs),
                Seeds = SeedList.OfOption(parsed.GetValue(seeds)),
                Set = parsed.GetValue(set) ?? [],
                Seed = parsed.GetValue(seed),
                Epochs = parsed.GetValue(epochs),
                From = parsed.GetValue(from),
                Device = parsed.GetValue(device),
                Threads = parsed.GetValue(threads),
                Data = parsed.GetValue(data),
                Out = parsed.GetRequiredValue(folder),
                Force = parsed.GetValue(force),
                Json = parsed.GetValue(json),
                Trace = parsed.GetValue(trace),
            };
            DataProvider images = shell.Data.Provider(shell);
            string[] words = ["trainer", .. parsed.Tokens.Select(token => token.Value)];
            return options.IsOne
                ? await new RunSession(shell, options, images).ExecuteAsync(words, cancellation)
                : await new SweepSession(shell, options.SideBySide(), images).ExecuteAsync(words, cancellation);
        }));
        return command;
    }
}
