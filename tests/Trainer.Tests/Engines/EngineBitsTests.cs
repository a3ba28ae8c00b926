using System.Security.Cryptography;
using Trainer.Tests.Commands;
using Trainer.Tests.Documents;
using Trainer.Tests.Processes;

namespace Trainer.Tests.Engines;

/// <summary>
/// Promise 2 as a user meets it: the program, in processes that know all of the processor or only a part, writes the same
/// metrics.csv, summary.json and weights with either engine and with any number of threads; and the same as on the
/// machine that made <c>Golden/odd-shapes.txt</c>.
/// </summary>
public class EngineBitsTests
{
    // Widths that fill no vector, batches that divide nothing; the last batch of each is short (211 rows, or 181).
    private static readonly (string Name, string Config)[] Experiments =
    [
        ("33-17-7", "model: {hidden: [33, 17, 7]}\noptimizer: {name: sgd, lr: 0.05, momentum: 0.9}\nbatch_size: 13\nepochs: 1"),
        ("1", "model: {hidden: [1], activation: sigmoid}\noptimizer: {name: adam, lr: 0.01}\nbatch_size: 7\nepochs: 1"),
        ("5-130", "model: {hidden: [5, 130], activation: sigmoid}\noptimizer: {name: adam, lr: 0.003}\nbatch_size: 64\nepochs: 1"),
        ("129", "model: {hidden: [129]}\noptimizer: {name: sgd, lr: 0.05, momentum: 0.8, nesterov: true}\nbatch_size: 150\nepochs: 2"),
        ("none", "model: {hidden: []}\noptimizer: {name: sgd, lr: 0.1}\nbatch_size: 20\nepochs: 1"),
    ];

    private static readonly string[][] Ways =
    [
        ["--device", "reference"], .. ((int[])[1, 2, 3, 5, 8]).Select(threads => (string[])["--device", "cpu", "--threads", $"{threads}"]),
    ];

    [Fact]
    public async Task OddShapes_GiveTheSameBytes_WithEitherEngine_AnyThreads_AnyVectors()
    {
        using var folder = new TempFolder();
        Dictionary<string, string> configs = Experiments.ToDictionary(
            experiment => experiment.Name,
            experiment => folder.Write(
                $"{experiment.Name}.yaml", $"name: odd-{experiment.Name}\n{experiment.Config}\ndata: {{source: embedded, validation: {(experiment.Name == "129" ? 30 : 0)}}}\n"));
        // Eight threads in each of four processes would mostly wait for one another.
        var asMany = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Parallel.ForEachAsync(RuntimeSwitch.All, asMany, async (without, _) => await TrainAllAsync(without, folder, configs.Values));
        foreach ((string name, _) in Experiments)
        {
            string first = Results(folder[RuntimeSwitch.None.Name, Ways[0][^1], $"odd-{name}"]);
            foreach (RuntimeSwitch without in RuntimeSwitch.All)
            {
                foreach (string[] way in Ways)
                {
                    string results = Results(folder[without.Name, way[^1], $"odd-{name}"]);
                    Assert.True(first == results, $"{name}, {string.Join(' ', way)}, {without}:\n{results}\n\nis not, with the reference engine,\n{first}");
                }
            }
        }
        GeneratedText.Check(RepositoryRoot.In("tests", "Trainer.Tests", "Golden", "odd-shapes.txt"), string.Concat(
            Experiments.Select(experiment => $"{experiment.Name}\n{Metrics(folder[RuntimeSwitch.None.Name, Ways[0][^1], $"odd-{experiment.Name}"])}\n")));
    }

    private static async Task TrainAllAsync(RuntimeSwitch without, TempFolder folder, IReadOnlyCollection<string> configs)
    {
        IEnumerable<string> commands = Ways.SelectMany(way => configs.Select(config => string.Join(
            ChildProgram.Separator, (string[])["run", config, "--out", folder[without.Name, way[^1]], .. way])));
        ProgramOutcome outcome = await ChildProcess.RunAsync(ChildProcess.Tests, without, [], string.Join('\n', commands));
        Assert.Equal("", outcome.Error);
        Assert.Equal(0, outcome.Status);
        Assert.Equal(without.Vectors.ToString(), outcome.Output.TrimEnd());
    }

    private static string Metrics(string experiment) =>
        File.ReadAllText(Path.Combine(Assert.Single(Directory.GetDirectories(experiment)), "metrics.csv"));

    /// <summary>All that a run leaves and that must repeat, as text: numbers as they are, files by their SHA-256.</summary>
    private static string Results(string experiment)
    {
        string run = Assert.Single(Directory.GetDirectories(experiment));
        IEnumerable<string> files = Directory.GetFiles(Path.Combine(run, "checkpoints")).Append(Path.Combine(run, "summary.json"));
        return Metrics(experiment) + string.Join('\n', files.Order(StringComparer.Ordinal).Select(
            file => $"{Path.GetFileName(file)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))}"));
    }
}
