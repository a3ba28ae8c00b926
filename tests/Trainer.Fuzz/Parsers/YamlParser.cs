using System.Globalization;
using System.Text;
using Trainer.Failures;
using Trainer.Fuzz.Inputs;
using Trainer.Runs;
using Trainer.Sweeps;
using Trainer.Yaml;

namespace Trainer.Fuzz.Parsers;

/// <summary>Configurations and sweep files: every input is read as both.</summary>
internal sealed class YamlParser : FuzzedParser
{
    private const int MostCellsChecked = 10;

    private static readonly string[] Keys =
    [
        "name", "model", "hidden", "activation", "activations", "init", "normalization", "dropout", "optimizer", "lr", "momentum", "nesterov", "betas", "eps",
        "weight_decay", "loss", "label_smoothing", "regularization", "l1", "l2", "max_norm", "clipping", "norm", "ema", "decay", "schedule", "warmup", "batch_size",
        "micro_batch", "epochs", "early_stopping", "patience", "seed", "data", "source", "validation", "device", "evaluate_train", "augmentation", "input_noise",
        "base", "configs", "set", "grid", "zip", "random", "samples", "keys", "seeds", "halving", "rungs", "uniform", "log_uniform", "choice",
        "optimizer.lr", "model.hidden", "data.validation", "unknown",
    ];

    private static readonly string[] Values =
    [
        "relu", "tanh", "adam", "sgd", "cosine", "one_cycle", "batch_norm", "cross_entropy", "mse", "base.yaml", "other.yaml", "broken.yaml", "missing.yaml", "0", "1", "-1",
        "64", "0.1", "1e-3", "1e999", "1e-999", "true", "null", "~", "\"x\"", "'y'", "1-5", "1-3,7", "0-18446744073709551615", "1-9999", "[1, 2]", "[128, 64]", "[]", "{}",
        "[a, 'b', \"c\"]", "{name: adam, lr: 1}", "[[1], [2]]", "*a", "&a b", "!t x", "|", ">", "? ", "- ", "\u00e9", "",
    ];

    // # stands for a whole number, % for a fraction.
    private static readonly string[] ExperimentLines =
    [
        "batch_size: #", "micro_batch: #", "epochs: #", "seed: #", "device: cpu", "evaluate_train: false", "diagnostics: true", "data: {validation: #}",
        "data:\n  source: embedded\n  validation: 5000", "schedule: cosine", "schedule: {name: cosine, warmup: {epochs: #}}", "schedule: {name: step, every: #, gamma: %}",
        "loss: mse", "loss: {name: cross_entropy, label_smoothing: %}", "regularization: {l1: %, l2: %}", "regularization:\n  max_norm: #", "clipping: {norm: %}", "ema: {decay: %}",
        "early_stopping: {patience: #}", "augmentation: {rotation: {degrees: #}}", "input_noise: {std: %}", "tensorboard: true",
    ];

    private static readonly string[] SweepLines =
    [
        "set: {epochs: #}", "set:\n  data.validation: 5000\n  batch_size: #", "grid: {optimizer.lr: [%, %]}", "grid:\n  model.hidden: [[#], [3, 4]]\n  batch_size: [#, #, #]",
        "zip: {momentum: [0, %], epochs: [#, #]}", "zip: {optimizer.momentum: [0, %], epochs: [1, #]}", "seeds: 1-#", "seeds: [#, #]", "seeds: 3", "halving: {rungs: [1, #]}",
        "random: {samples: #, keys: {optimizer.lr: {log_uniform: [%, 1]}}}", "random: {samples: 3, seed: #, keys: {batch_size: {uniform: [1, #]}, optimizer.lr: {choice: [%, %]}}}",
    ];

    /// <inheritdoc/>
    public override string Name => "yaml";

    /// <inheritdoc/>
    public override string FileName => "input.yaml";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words { get; } =
    [
        .. Keys.Select(key => key + ": "), .. Values, ": ", "- ", ", ", "[", "]", "{", "}", "&a ", "*a", "!t ", "!!int ", "<<: *a", "--- ", "...", "%YAML 1.1\n", "# ", "\n", "\r\n",
        "\r", "\t", "  ", "\n  ", "\n- ", "? ", "|\n", ">-\n", "'", "\"", "\\x00", "\\ud800", "\\u2028", "\uFEFF", "\u0085", "\u2028", "\0", "@", "`", "%",
    ];

    /// <inheritdoc/>
    public override byte[] Generate(FuzzRandom random) => random.OnceIn(2) ? Wild(random) : Tame(random);

    /// <summary>Lines that might stand in such a file, in some order, with some numbers.</summary>
    private static byte[] Tame(FuzzRandom random)
    {
        bool isSweep = random.OnceIn(2);
        string[] lines = isSweep ? SweepLines : ExperimentLines;
        var text = new StringBuilder("name: input\n").Append(isSweep
            ? random.Of("base: base.yaml\n", "configs: [base.yaml, other.yaml]\n")
            : random.Of(
                "model: {hidden: [4]}\noptimizer: {name: sgd, lr: %}\n", "model: {hidden: [#, 4], activation: tanh}\noptimizer: {name: adam, lr: %}\n",
                "model:\n  hidden: []\noptimizer:\n  name: sgd\n  lr: %\n  momentum: %\n"));
        int count = random.Below(4);
        for (int k = 0; k < count; k++)
        {
            text.Append(random.Of(lines)).Append('\n');
        }
        var filled = new StringBuilder();
        foreach (char c in text.ToString())
        {
            filled.Append(c switch
            {
                '#' => random.OnceIn(10) ? random.AnyMagnitude().ToString(CultureInfo.InvariantCulture) : (1 + random.Below(20)).ToString(CultureInfo.InvariantCulture),
                '%' => random.OnceIn(10) ? random.Of(Values) : FormattableString.Invariant($"0.{1 + random.Below(9999)}"),
                _ => c.ToString(),
            });
        }
        return Encoding.UTF8.GetBytes(filled.ToString());
    }

    /// <summary>Any key with any value.</summary>
    private static byte[] Wild(FuzzRandom random)
    {
        var text = new StringBuilder(random.OnceIn(3)
            ? "name: input\nbase: base.yaml\n"
            : "name: input\nmodel: {hidden: [4]}\noptimizer: {name: sgd, lr: 0.1}\n");
        int keys = random.Below(8);
        for (int k = 0; k < keys; k++)
        {
            text.Append(random.Of(Keys)).Append(':');
            Value(text, random, 1);
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Value(StringBuilder text, FuzzRandom random, int depth)
    {
        int count = random.Below(4);
        switch (random.Below(depth > 6 ? 2 : 6))
        {
            case 4:
                text.Append('\n');
                for (int k = 0; k < count; k++)
                {
                    text.Append(' ', 2 * depth).Append(random.Of(Keys)).Append(':');
                    Value(text, random, depth + 1);
                }
                return;
            case 5:
                text.Append('\n');
                for (int k = 0; k < count; k++)
                {
                    text.Append(' ', 2 * depth).Append('-');
                    Value(text, random, depth + 1);
                }
                return;
            case 3:
                text.Append(" {");
                for (int k = 0; k < count; k++)
                {
                    text.Append(k == 0 ? "" : ", ").Append(random.Of(Keys)).Append(": ").Append(random.Of(Values));
                }
                text.Append("}\n");
                return;
            case 2:
                text.Append(" [").AppendJoin(", ", Enumerable.Range(0, count).Select(_ => random.Of(Values))).Append("]\n");
                return;
            case 1 when random.OnceIn(3):
                text.Append(' ').Append(random.AnyMagnitude().ToString(CultureInfo.InvariantCulture)).Append('\n');
                return;
            default:
                text.Append(' ').Append(random.Of(Values)).Append('\n');
                return;
        }
    }

    /// <inheritdoc/>
    public override void Prepare(string folder)
    {
        File.WriteAllText(Path.Combine(folder, "base.yaml"), "name: base\nmodel: {hidden: [4]}\noptimizer: {name: sgd, lr: 0.1}\ndata: {validation: 5000}\n");
        File.WriteAllText(Path.Combine(folder, "other.yaml"), "name: other\nmodel: {hidden: []}\noptimizer: {name: adam, lr: 1e-3}\n");
        File.WriteAllText(Path.Combine(folder, "broken.yaml"), "name: [\n");
    }

    /// <inheritdoc/>
    public override IEnumerable<Action> Readings(string path) =>
    [
        () => CheckExperiment(ConfigReader.Read<Experiment>(path)),
        () =>
        {
            SweepFile file = SweepReader.Read(path);
            IReadOnlyList<IReadOnlyList<SweepCell>> rungs = new SweepPlanner(file, [], experiment => experiment).Rungs();
            InconsistencyException.ThrowUnless(rungs.Sum(cells => cells.Count) <= SweepPlanner.MostCells, "the sweep has more cells than any may");
            foreach (SweepCell cell in rungs[^1].Take(MostCellsChecked))
            {
                CheckExperiment(cell.Experiment);
            }
        },
    ];

    /// <inheritdoc/>
    public override bool IsRefusal(TrainerException failure) => failure is ConfigException;

    /// <summary>Whatever was read can be written, and is the same when it is read again.</summary>
    private static void CheckExperiment(Experiment experiment)
    {
        string written = ConfigWriter.Write(experiment);
        Experiment again;
        try
        {
            again = ConfigReader.ReadText<Experiment>(written, "written");
        }
        catch (ConfigException refusal)
        {
            throw new InconsistencyException($"what was read and written is refused: {refusal.Message}");
        }
        InconsistencyException.ThrowUnless(ConfigWriter.Write(again) == written, "written again, it reads back as another");
        InconsistencyException.ThrowUnless(ConfigHash.Of(again) == ConfigHash.Of(experiment), "written again, it has another hash");
    }
}
