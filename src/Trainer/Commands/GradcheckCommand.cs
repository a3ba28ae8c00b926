using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.GradientChecks;
using Trainer.Runs;
using Trainer.Sessions;
using Trainer.Terminal;
using Trainer.Yaml;

namespace Trainer.Commands;

/// <summary><c>trainer gradcheck</c>.</summary>
internal static class GradcheckCommand
{
    private const int MostRows = 1000;
    private const double ShortestStep = 1e-8;
    private const double LongestStep = 1e-2;
    private const double MostJitter = 10;

    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        var standard = new GradientCheckOptions();
        var config = new Argument<string>("config") { HelpName = "CONFIG", Description = "configuration file, as configs/relu.yaml" };
        Option<string[]> set = ProgramOptions.Set();
        var seed = new Option<ulong?>("--seed") { HelpName = "N", Description = "another seed" };
        var rows = new Option<int>("--rows") { HelpName = "N", Description = "rows of the run's first step to check on", DefaultValueFactory = _ => standard.Rows };
        rows.CheckRange(1, MostRows);
        var samples = new Option<int>("--samples") { HelpName = "N", Description = "elements of each tensor to check, chosen at random", DefaultValueFactory = _ => standard.Samples!.Value };
        samples.CheckRange(1, int.MaxValue);
        var all = new Option<bool>("--all") { Description = "check every element of every tensor; 15 to 50 s for 784-128-64-10" };
        Option<double> step = Number("--step", "H", "how far a parameter w is moved for a difference, times max(1, |w|)", standard.Step, ShortestStep, LongestStep);
        Option<double> jitter = Number("--jitter", "SIZE", "first move every parameter by a random number up to this, off a start where faults do not show", 0, 0, MostJitter);
        var mutate = new Option<bool>("--mutate") { Description = "also break the backward pass in known ways and show that the check notices each" };
        Option<string?> data = ProgramOptions.Data();
        Option<bool> json = ProgramOptions.Json();
        var command = new Command("gradcheck", "Proves a configuration's hand-written gradient: compares it with central differences in binary64.")
        {
            config, set, seed, rows, samples, all, step, jitter, mutate, data, json,
        }.WithExamples(
            "trainer gradcheck configs/relu.yaml",
            "trainer gradcheck configs/adam.yaml --mutate",
            "trainer gradcheck configs/relu.yaml --set model.activation=gelu --set model.normalization=batch_norm --jitter 0.1 --mutate");
        command.SetAction((parsed, _) => CommandLine.GuardedAsync(shell, async cancellation =>
        {
            var options = new GradientCheckOptions
            {
                Rows = parsed.GetValue(rows),
                Samples = parsed.GetValue(all) ? null : parsed.GetValue(samples),
                Step = parsed.GetValue(step),
                Jitter = parsed.GetValue(jitter),
            };
            string path = parsed.GetRequiredValue(config);
            Experiment experiment = ConfigReader.Read<Experiment>(path, parsed.GetValue(set) ?? []);
            experiment = parsed.GetValue(seed) is { } key ? experiment with { Seed = key } : experiment;
            DataSet images = await shell.Data.Provider(shell).LoadAsync(experiment.Data.Source, parsed.GetValue(data), cancellation);
            TrainingSetup setup = PreparedRun.SetupOf(path, experiment, images);
            // A line search has no steps for an engine; its rows are the batch that the configuration names.
            setup = setup with { BatchSize = Math.Min(experiment.BatchSize, setup.Data.Train.Count) };
            GradientCheck check = Begin(setup, experiment, options);
            var text = new GradcheckText(shell);
            if (!parsed.GetValue(json))
            {
                text.Begin(path, experiment, setup, images, options, check.Loss);
            }
            GradcheckResult result = Check(check, new UpdateCheck(setup.Optimizer, setup.Seed), parsed.GetValue(mutate), cancellation);
            if (parsed.GetValue(json))
            {
                new GradcheckJson(shell.Output).Write(result, images.Name, check.Loss);
            }
            else
            {
                text.End(result);
            }
            return result.Passed ? ExitCode.Ok : ExitCode.CheckFailed;
        }));
        return command;
    }

    private static GradientCheck Begin(TrainingSetup setup, Experiment experiment, GradientCheckOptions options)
    {
        float[] parameters = new float[setup.Shape.ParameterCount];
        experiment.Model.Init.Fill(setup.Shape, experiment.Seed, parameters);
        try
        {
            return new GradientCheck(setup, parameters, options);
        }
        catch (ArgumentException failure)
        {
            throw new ConfigException($"--rows: {failure.Message}", failure);
        }
    }

    private static GradcheckResult Check(GradientCheck gradient, UpdateCheck update, bool mutate, CancellationToken cancellation) => new(
        gradient.Check(cancellation), update.Error(), mutate ? [.. gradient.CheckFaults(cancellation), .. update.CheckFaults()] : null);

    /// <summary>An option with a number, read the same whatever the language of the machine.</summary>
    private static Option<double> Number(string name, string value, string description, double standard, double least, double most) => new(name)
    {
        HelpName = value,
        Description = description,
        DefaultValueFactory = _ => standard,
        CustomParser = result => Parse(result, name, least, most),
    };

    private static double Parse(ArgumentResult result, string name, double least, double most)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most)
        {
            return number;
        }
        result.AddError(FormattableString.Invariant($"{name} must be a number from {least} to {most}, not '{text}'"));
        return 0;
    }
}
