using System.CommandLine;
using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Racing;
using Trainer.Commands;
using Trainer.Terminal;

namespace Trainer.Benchmarks.Commands;

/// <summary>The comparison with other software.</summary>
internal static class CompareCommand
{
    private const int DefaultRounds = 5;
    private const int DefaultEpochs = 2;
    private const int QuickRounds = 3;
    private const int QuickEpochs = 1;
    private const int Most = 1000;

    /// <summary>The root of the command line, with its options.</summary>
    public static RootCommand Create(Shell shell)
    {
        var cases = new Option<string?>("--cases") { HelpName = "A,B", Description = $"only these cases of: {string.Join(", ", CaseCatalog.All.Select(item => item.Name))}" };
        var quick = new Option<bool>("--quick") { Description = $"one case ({CaseCatalog.Quick}), {QuickRounds} rounds of one epoch: under a minute" };
        var rounds = new Option<int?>("--rounds") { HelpName = "N", Description = $"how often the contestants take turns (default: {DefaultRounds})" };
        var epochs = new Option<int?>("--epochs") { HelpName = "N", Description = $"epochs in one timed training (default: {DefaultEpochs})" };
        Range(rounds);
        Range(epochs);
        var python = new Option<string?>("--python") { HelpName = "FILE", Description = "the Python that has the peers (default: python3, or the system's own if that has more)" };
        Option<string?> data = ProgramOptions.Data();
        data.Description = "folder with the four Fashion-MNIST files (else TRAINER_DATA, the user's cache, the embedded garments)";
        Option<string?> folder = Out();
        var root = new RootCommand(
            "Times whole trainings of this program, PyTorch, scikit-learn and plain NumPy, which take turns in one run.\n"
            + "Prints how many times our time they take, with the spread, and our share of the machine's fma peak;\n"
            + "writes rounds.csv, ratios.csv, ratios.svg and machine.json. All cases take about twenty minutes.")
        {
            quick, cases, rounds, epochs, data, python, folder,
        }.WithExamples(
            "scripts/bench.sh --quick",
            "scripts/bench.sh --cases adam,batch-512 --rounds 9",
            "scripts/bench.sh growth",
            "scripts/bench.sh kernels --filter '*Optimizer*'");
        root.SetAction(parsed => BenchmarkCommandLine.Guarded(shell, cancellation =>
        {
            bool isQuick = parsed.GetValue(quick);
            string? names = parsed.GetValue(cases) ?? (isQuick ? CaseCatalog.Quick : null);
            new Comparison(shell, new ComparisonOptions
            {
                Cases = names is null ? CaseCatalog.All : CaseCatalog.Named(names),
                Rounds = parsed.GetValue(rounds) ?? (isQuick ? QuickRounds : DefaultRounds),
                Epochs = parsed.GetValue(epochs) ?? (isQuick ? QuickEpochs : DefaultEpochs),
                Out = Folder(parsed.GetValue(folder)),
                Data = parsed.GetValue(data),
                Python = parsed.GetValue(python),
            }).Run(cancellation);
        }));
        return root;
    }

    /// <summary><c>--out DIR</c>, which all verbs share.</summary>
    public static Option<string?> Out() => new("--out")
    {
        HelpName = "DIR",
        Description = "folder of the files (default: results/bench of the checkout)",
    };

    /// <summary>The folder that <see cref="Out"/> means.</summary>
    public static string Folder(string? option) => option ?? Repository.In("results", "bench");

    /// <summary>Refuses what is no sensible number of rounds or epochs.</summary>
    public static void Range(Option<int?> option) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, out int value) && value is < 1 or > Most)
        {
            result.AddError($"{option.Name} must be 1 to {Most}, not {token.Value}");
        }
    });
}
