using System.Globalization;

namespace Trainer.Tests.Documents;

/// <summary>The README's results are the means and deviations of the committed rows, and nothing else.</summary>
public class CourseResultsTests
{
    private static readonly (string Question, string Command)[] Questions =
    [
        ("a. Show 4 random images in a 2x2 grid", "trainer show"),
        ("b. Two hidden layers 128-64, sigmoid, SGD, all of back-propagation by hand", "trainer run configs/sigmoid.yaml"),
        ("c. (b) with ReLU", "trainer run configs/relu.yaml"),
        ("d. (b) with Momentum", "trainer run configs/momentum.yaml"),
        ("e. (b) with three hidden layers 128-64-64", "trainer run configs/three-hidden.yaml"),
        ("f. (b) with PyTorch", "[`scripts/pytorch_reference.py`](docs/gradients.md#against-pytorch)"),
        ("ReLU with Adam", "trainer run configs/adam.yaml"),
        ("ReLU with Momentum", "trainer run configs/relu-momentum.yaml"),
    ];

    [Fact]
    public void ResultsTable_IsWhatTheRowsSay() =>
        GeneratedText.CheckPart(RepositoryRoot.In("README.md"), "results", Table());

    [Fact]
    public void SeedsTable_IsWhatTheRowsSay()
    {
        ILookup<string, Row> rows = Rows("relu-seeds.csv").ToLookup(row => row.Name);
        string table = $"""
            | configs/relu.yaml, seeds 1 to 12 | Train accuracy | Test accuracy |
            | --- | --- | --- |
            | by hand | {Spread([.. rows["relu"]], row => row.TrainAccuracy)} | {Spread([.. rows["relu"]], row => row.TestAccuracy)} |
            | PyTorch, same initial weights and batches | {Spread([.. rows["relu-pytorch"]], row => row.TrainAccuracy)} | {Spread([.. rows["relu-pytorch"]], row => row.TestAccuracy)} |

            """.ReplaceLineEndings("\n");
        GeneratedText.CheckPart(RepositoryRoot.In("README.md"), "seeds", table);
    }

    [Fact]
    public void Pytorch_FromTheSameStart_EndsAtTheSameAccuracy_ForSigmoid()
    {
        ILookup<string, Row> rows = Rows().ToLookup(row => row.Name);
        Assert.Equal(rows["sigmoid"].Select(row => row.TestAccuracy), rows["sigmoid-pytorch"].Select(row => row.TestAccuracy));
    }

    [Theory]
    [InlineData("course.csv", 5)]
    [InlineData("relu-seeds.csv", 12)]
    public void Rows_AreCompleteRuns_OfEverySeed(string file, int seeds)
    {
        foreach (IGrouping<string, Row> runs in Rows(file).GroupBy(row => row.Name))
        {
            Assert.Equal(Enumerable.Range(1, seeds), runs.Select(row => row.Seed));
            Assert.All(runs, row => Assert.Equal(20, row.Epoch));
            Assert.Equal(seeds, runs.Select(row => row.Digest).Distinct().Count());
        }
    }

    private static string Table()
    {
        ILookup<string, Row> rows = Rows().ToLookup(row => row.Name);
        var lines = new List<string> { "| Question | Command | Train accuracy | Test accuracy |", "| --- | --- | --- | --- |" };
        foreach ((string question, string command) in Questions)
        {
            Row[] runs = [.. rows[Path.GetFileNameWithoutExtension(command.Contains("pytorch") ? "sigmoid-pytorch" : command)]];
            string words = command.StartsWith("trainer", StringComparison.Ordinal) ? $"`{command}`" : command;
            lines.Add($"| {question} | {words} | {Spread(runs, row => row.TrainAccuracy)} | {Spread(runs, row => row.TestAccuracy)} |");
        }
        return string.Join('\n', lines) + "\n";
    }

    private static string Spread(Row[] runs, Func<Row, double> value)
    {
        if (runs.Length == 0)
        {
            return "";
        }
        double mean = runs.Average(value);
        double deviation = Math.Sqrt(runs.Sum(row => (value(row) - mean) * (value(row) - mean)) / (runs.Length - 1));
        return string.Create(CultureInfo.InvariantCulture, $"{mean:0.000} ± {deviation:0.000}");
    }

    private static Row[] Rows(string file = "course.csv") => [.. File.ReadAllLines(RepositoryRoot.In("docs", file))[1..].Select(line =>
    {
        string[] fields = line.Split(',');
        return new Row(
            fields[0], int.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[2], CultureInfo.InvariantCulture),
            double.Parse(fields[4], CultureInfo.InvariantCulture), double.Parse(fields[6], CultureInfo.InvariantCulture), fields[7]);
    })];

    private sealed record Row(string Name, int Seed, int Epoch, double TrainAccuracy, double TestAccuracy, string Digest);
}
