using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Reports;

/// <summary>Two small configurations of three seeds on embedded images, and the page that the program makes of them, read back.</summary>
internal sealed partial class ReportTrial : IDisposable
{
    public const int Seeds = 3;

    private readonly ProgramTrial _program = new();

    public ProgramTrial Program => _program;

    public string File => _program.In("report.html");

    public string Html => System.IO.File.ReadAllText(File);

    public string[] RunFolders => [.. Directory.GetDirectories(_program.Results).SelectMany(Directory.GetDirectories).Order(StringComparer.Ordinal)];

    public static async Task<ReportTrial> TrainedAsync(int seeds = Seeds)
    {
        var trial = new ReportTrial();
        foreach (string name in new[] { "first", "second" })
        {
            string config = trial._program.SmallConfig(
                "data: {source: embedded, validation: 60}\nschedule: {name: cosine}", name == "first" ? "{name: sgd, lr: 0.1}" : "{name: adam, lr: 0.001}", name);
            config = Renamed(config, name);
            for (int seed = 1; seed <= seeds; seed++)
            {
                ProgramOutcome outcome = await trial._program.TrainAsync(config, "--set", $"seed={seed.ToString(CultureInfo.InvariantCulture)}");
                Assert.True(outcome.Status == 0, outcome.Error);
            }
        }
        return trial;
    }

    public Task<ProgramOutcome> ReportAsync(params string[] more) =>
        _program.RunAsync(["report", _program.Results, "--html", File, .. more]);

    /// <summary>The page as a tree, without what stands in scripts and style sheets: the rest has to be well-formed.</summary>
    public XElement Page()
    {
        string html = RawText().Replace(Html, "$1$3");
        return XDocument.Parse(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal)).Root!;
    }

    /// <summary>The table of the given id, its rows.</summary>
    public IReadOnlyList<XElement> Rows(string id) =>
        [.. Page().Descendants("table").Single(table => (string?)table.Attribute("id") == id).Element("tbody")!.Elements("tr")];

    /// <summary>The charts' data by their id.</summary>
    public IReadOnlyDictionary<string, JsonElement> Charts() => ChartData().Matches(Html)
        .ToDictionary(match => match.Groups[1].Value, match => JsonDocument.Parse(match.Groups[2].Value).RootElement);

    /// <summary>A file of numbers read in the plainest way: by column, empty fields as null.</summary>
    public static Dictionary<string, double?[]> Columns(string file)
    {
        string[][] lines = [.. System.IO.File.ReadAllLines(file).Select(line => line.Split(','))];
        return Enumerable.Range(0, lines[0].Length).ToDictionary(
            column => lines[0][column],
            column => lines.Skip(1).Select(line =>
                double.TryParse(line[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : (double?)null).ToArray());
    }

    public void Dispose() => _program.Dispose();

    // A file of a configuration is called as it is.
    private static string Renamed(string config, string name)
    {
        string path = Path.Combine(Path.GetDirectoryName(config)!, name + ".yaml");
        System.IO.File.Move(config, path, overwrite: true);
        return path;
    }

    [GeneratedRegex("(<(script|style)[^>]*>).*?(</\\2>)", RegexOptions.Singleline)]
    private static partial Regex RawText();

    [GeneratedRegex("<script type=\"application/json\" id=\"([^\"]+)\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex ChartData();
}
