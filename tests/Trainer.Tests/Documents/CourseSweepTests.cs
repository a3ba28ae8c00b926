using System.Globalization;
using Trainer.Results;
using Trainer.Statistics;

namespace Trainer.Tests.Documents;

/// <summary>What the README says of the course's sweep is what the rows of its index come to.</summary>
public class CourseSweepTests
{
    private const int Seeds = 10;
    private const double Level = 0.05;

    private static readonly ILookup<string, Row> Rows = Read().ToLookup(row => row.Name);

    [Fact]
    public void Table_IsWhatTheIndexSays() => GeneratedText.CheckPart(RepositoryRoot.In("README.md"), "sweep", Table());

    [Fact]
    public void Cells_AreTheRunsOfTheCoursesTable()
    {
        string[] course = [.. File.ReadLines(RepositoryRoot.In("docs", "course.csv")).Skip(1).Where(line => !line.Contains("pytorch"))];
        foreach (string[] fields in course.Select(line => line.Split(',')))
        {
            Row cell = Assert.Single(Rows[fields[0]], row => row.Seed.ToString(CultureInfo.InvariantCulture) == fields[1]);
            Assert.Equal(fields[^1], cell.Digest);
        }
        Assert.All(Rows, group => Assert.Equal(Enumerable.Range(1, Seeds), group.Select(row => row.Seed)));
    }

    private static string Table()
    {
        string[] names = [.. Rows.Select(group => group.Key).OrderByDescending(name => Accuracies(name).Average())];
        HashSet<(string, string)> different = Different(names);
        var lines = new List<string>
        {
            $"| Configuration, seeds 1 to {Seeds} | Test accuracy | Cannot be told apart from |",
            "| --- | --- | --- |",
        };
        foreach (string name in names)
        {
            string[] alike = [.. names.Where(other => other != name && !different.Contains((name, other)) && !different.Contains((other, name)))];
            var sample = Sample.Of(Accuracies(name));
            lines.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {sample.Mean:0.000} ± {Math.Sqrt(sample.Variance!.Value):0.000} | {(alike.Length == 0 ? "(differs from all)" : string.Join(", ", alike))} |"));
        }
        return string.Join('\n', lines) + "\n";
    }

    /// <summary>The pairs that can be told apart, as docs/comparing.md defines it.</summary>
    private static HashSet<(string First, string Second)> Different(string[] names)
    {
        (string First, string Second)[] pairs = [.. names.SelectMany((first, index) => names.Skip(index + 1).Select(second => (first, second)))];
        double[][] differences = [.. pairs.Select(pair => Accuracies(pair.First).Zip(Accuracies(pair.Second), (a, b) => a - b).ToArray())];
        double[] p = HolmCorrection.Adjust([.. differences.Select(values => SignFlipTest.Of(values).Value)]);
        return [.. pairs.Where((_, k) => p[k] <= Level && DifferenceInterval.Paired(differences[k], Level) is { HoldsZero: false })];
    }

    private static double[] Accuracies(string name) => [.. Rows[name].Select(row => row.TestAccuracy)];

    private static IEnumerable<Row> Read()
    {
        IReadOnlyList<string[]> lines = CsvFile.ReadText(RepositoryRoot.In("docs", "course-sweep.csv"));
        Func<string, int> column = name => Array.IndexOf(lines[0], name);
        return lines.Skip(1).Select(line => new Row(
            line[column("name")], int.Parse(line[column("seed")], CultureInfo.InvariantCulture),
            double.Parse(line[column("test_accuracy")], CultureInfo.InvariantCulture), line[column("digest")]));
    }

    private sealed record Row(string Name, int Seed, double TestAccuracy, string Digest);
}
