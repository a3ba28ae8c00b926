using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Reports;

/// <summary>Every number of a page is a number of a CSV, or the mean or standard deviation of some, worked out here in the plainest way.</summary>
public class ReportNumbersTests
{
    // The page may add the same binary64 numbers in another order.
    private const double Rounding = 1e-12;

    [Fact]
    public async Task EveryNumberOfTheTableOfRuns_IsInTheCsvOfItsFolder_ToTheBit()
    {
        using ReportTrial trial = await Made();
        IReadOnlyList<XElement> rows = trial.Rows("runs");
        Assert.Equal(trial.RunFolders.Order(), rows.Select(row => (string)row.Attribute("data-folder")!).Order());
        int compared = 0;
        foreach (XElement row in rows)
        {
            Dictionary<string, double?[]> metrics = ReportTrial.Columns(Path.Combine((string)row.Attribute("data-folder")!, "metrics.csv"));
            Assert.Contains(metrics["epoch"][^1]!.Value.ToString(CultureInfo.InvariantCulture), row.Elements("td").Select(cell => cell.Value));
            foreach (XElement cell in row.Elements("td").Where(cell => metrics.ContainsKey((string?)cell.Attribute("data-key") ?? "")))
            {
                string key = (string)cell.Attribute("data-key")!;
                if (key != "epoch")
                {
                    AssertShown(metrics[key][^1], cell, key);
                    compared++;
                }
            }
        }
        Assert.Equal(2 * ReportTrial.Seeds * 6, compared);
    }

    [Fact]
    public async Task EveryMeanAndDeviationOfTheTable_IsThatOfTheRunsOfItsGroup()
    {
        using ReportTrial trial = await Made();
        IReadOnlyList<XElement> runs = trial.Rows("runs");
        int compared = 0;
        foreach (XElement row in trial.Rows("groups"))
        {
            string group = (string)row.Attribute("data-group")!;
            foreach (XElement cell in row.Elements("td").Where(cell => cell.Attribute("data-key") is not null))
            {
                string key = (string)cell.Attribute("data-key")!;
                double[] values = [.. runs.Where(run => (string?)run.Attribute("data-group") == group)
                    .SelectMany(run => run.Elements("td")).Where(other => (string?)other.Attribute("data-key") == key).Select(Exact)];
                Assert.Equal(ReportTrial.Seeds, values.Length);
                AssertNear(Mean(values), Exact(cell));
                AssertNear(Deviation(values), double.Parse((string)cell.Attribute("data-sd")!, CultureInfo.InvariantCulture));
                Assert.Equal("3", (string?)cell.Attribute("data-n"));
                compared++;
            }
        }
        Assert.True(compared >= 2 * 8);
    }

    [Fact]
    public async Task EveryDifferenceOfAPair_IsThatOfTheMeansOfTheTable()
    {
        using ReportTrial trial = await Made();
        var means = trial.Rows("groups").ToDictionary(
            row => (string)row.Attribute("data-group")!,
            row => Exact(row.Elements("td").Single(cell => (string?)cell.Attribute("data-key") == "test_accuracy")));
        XElement pair = Assert.Single(trial.Rows("pairs"));
        XElement[] cells = [.. pair.Elements("td")];
        AssertNear(means[pair.Element("th")!.Value] - means[cells[0].Value], Exact(cells[1]));
        Assert.True(Exact(cells[2]) <= Exact(cells[1]));
    }

    [Fact]
    public async Task EveryPointOfTheCurves_IsInTheCsvs_OrTheirMeanOrDeviation()
    {
        using ReportTrial trial = await Made();
        IReadOnlyDictionary<string, JsonElement> charts = trial.Charts();
        Assert.Equal(
            ["chart-lr", "chart-test_accuracy", "chart-test_loss", "chart-train_accuracy", "chart-train_loss", "chart-val_accuracy", "chart-val_loss"],
            charts.Keys.Order(StringComparer.Ordinal));
        foreach ((string id, JsonElement chart) in charts)
        {
            double[] epochs = [.. chart.GetProperty("x").EnumerateArray().Select(x => x.GetDouble())];
            foreach (JsonElement series in chart.GetProperty("series").EnumerateArray())
            {
                double?[][] files = [.. Enumerable.Range(1, ReportTrial.Seeds).Select(seed => Column(
                    trial, series.GetProperty("label").GetString()!, seed, id["chart-".Length..]))];
                Assert.Equal(epochs.Length, files[0].Length);
                JsonElement[] runs = [.. series.GetProperty("runs").EnumerateArray()];
                Assert.Equal(["seed 1", "seed 2", "seed 3"], runs.Select(run => run.GetProperty("label").GetString()));
                for (int run = 0; run < runs.Length; run++)
                {
                    Assert.Equal(files[run], Numbers(runs[run].GetProperty("y")));
                }
                for (int at = 0; at < epochs.Length; at++)
                {
                    double[] values = [.. files.Select(file => file[at]).OfType<double>()];
                    AssertNear(values.Length == 0 ? null : Mean(values), Numbers(series.GetProperty("mean"))[at]);
                    AssertNear(values.Length < 2 ? null : Deviation(values), Numbers(series.GetProperty("sd"))[at]);
                }
            }
        }
    }

    [Fact]
    public async Task ConfusionMatrices_AreThoseOfTrainerEval_OfTheMiddleSeed()
    {
        using ReportTrial trial = await Made();
        XElement[] matrices = [.. trial.Page().Descendants("figure").Where(figure => ((string?)figure.Attribute("class"))!.Contains("confusion")).SelectMany(figure => figure.Descendants("tbody"))];
        Assert.Equal(2, matrices.Length);
        foreach (XElement matrix in matrices)
        {
            string group = (string)matrix.Ancestors("div").Select(box => box.Attribute("data-group")).First(attribute => attribute is not null)!;
            string[][] file = [.. File.ReadAllLines(Path.Combine(Folder(trial, group, 2), "eval", "confusion.csv")).Skip(1).Select(line => line.Split(',')[1..])];
            Assert.Equal(file, matrix.Elements("tr").Select(row => row.Elements("td").SkipLast(1).Select(cell => cell.Value).ToArray()));
        }
    }

    private static async Task<ReportTrial> Made()
    {
        ReportTrial trial = await ReportTrial.TrainedAsync();
        ProgramOutcome outcome = await trial.ReportAsync();
        Assert.True(outcome.Status == 0, outcome.Error);
        return trial;
    }

    private static string Folder(ReportTrial trial, string group, int seed) => Assert.Single(trial.RunFolders, folder =>
        Path.GetFileName(Path.GetDirectoryName(folder)) == group && folder.EndsWith($"-s{seed.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal));

    private static double?[] Column(ReportTrial trial, string group, int seed, string column) =>
        ReportTrial.Columns(Path.Combine(Folder(trial, group, seed), "metrics.csv"))[column];

    private static double?[] Numbers(JsonElement list) =>
        [.. list.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? (double?)null : value.GetDouble())];

    private static double Exact(XElement cell) => double.Parse((string)cell.Attribute("data-value")!, CultureInfo.InvariantCulture);

    /// <summary>The exact number is behind the cell, and what is shown is that number rounded.</summary>
    private static void AssertShown(double? expected, XElement cell, string key)
    {
        Assert.Equal(expected, Exact(cell));
        double shown = double.Parse(cell.Value, CultureInfo.InvariantCulture);
        double unit = key.EndsWith("accuracy", StringComparison.Ordinal) ? 100 : 1;
        int decimals = cell.Value.Length - cell.Value.IndexOf('.') - 1;
        Assert.InRange(Math.Abs(shown - unit * expected!.Value), 0, 0.5000001 * Math.Pow(10, -decimals));
        Assert.InRange(decimals, 2, 4);
    }

    private static double Mean(double[] values) => values.Sum() / values.Length;

    private static double Deviation(double[] values) => Math.Sqrt(values.Sum(value => Math.Pow(value - Mean(values), 2)) / (values.Length - 1));

    private static void AssertNear(double? expected, double? actual)
    {
        Assert.Equal(expected is null, actual is null);
        if (expected is { } value)
        {
            Assert.InRange(Math.Abs(value - actual!.Value), 0, Rounding * Math.Max(1, Math.Abs(value)));
        }
    }
}
