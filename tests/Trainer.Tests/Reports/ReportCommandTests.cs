using System.Text.RegularExpressions;
using System.Xml.Linq;
using Trainer.Reports;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Reports;

/// <summary><c>trainer report</c>, end to end, on a small embedded set.</summary>
public partial class ReportCommandTests
{
    private const string Hostile = "</script><img src=x onerror=alert(1)> & \"'\u0007";

    [Fact]
    public async Task Page_AsksForNothingOutside_AndRunsOnlyItsOwnScripts()
    {
        using ReportTrial trial = await ReportTrial.TrainedAsync(seeds: 1);
        Assert.Equal(0, (await trial.ReportAsync()).Status);
        XElement page = trial.Page();
        XAttribute[] attributes = [.. page.DescendantsAndSelf().Attributes()];
        Assert.DoesNotContain(attributes, attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || attribute.Name.LocalName == "style");
        Assert.All(attributes.Where(attribute => attribute.Name.LocalName is "src" or "href"), attribute => Assert.Matches("^(#|data:image/png)", attribute.Value));
        string policy = (string)page.Descendants("meta").Single(meta => meta.Attribute("http-equiv") is not null).Attribute("content")!;
        Assert.StartsWith("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        foreach (Match script in OwnText().Matches(trial.Html))
        {
            Assert.Contains(ReportAssets.PolicyHash(script.Groups[2].Value), policy, StringComparison.Ordinal);
        }
        Assert.Equal(ReportAssets.Scripts.Count + ReportAssets.StyleSheets.Count, OwnText().Count(trial.Html));
    }

    [Fact]
    public async Task WhatSomebodyGives_StaysText()
    {
        using ReportTrial trial = await ReportTrial.TrainedAsync(seeds: 1);
        Assert.Equal(0, (await trial.ReportAsync("--no-eval", "--title", Hostile, "--question", Hostile)).Status);
        XElement page = trial.Page();
        string shown = Hostile.Replace('\u0007', '\uFFFD');
        Assert.Equal($"{shown} on embedded-garments", page.Descendants("h1").Single().Value);
        Assert.Equal($"{shown} on embedded-garments", page.Descendants("title").Single().Value);
        Assert.Equal(shown, page.Descendants("p").Single(line => (string?)line.Attribute("class") == "question").Value);
        Assert.Empty(page.Descendants("img"));
    }

    [Fact]
    public async Task SameFiles_GiveTheSameBytes()
    {
        using ReportTrial trial = await ReportTrial.TrainedAsync(seeds: 1);
        Assert.Equal(0, (await trial.ReportAsync()).Status);
        byte[] first = File.ReadAllBytes(trial.File);
        Assert.Equal(0, (await trial.ReportAsync()).Status);
        Assert.Equal(first, File.ReadAllBytes(trial.File));
    }

    [Fact]
    public async Task WithoutEvaluations_ThePageSaysHowToMakeThem()
    {
        using ReportTrial trial = await ReportTrial.TrainedAsync(seeds: 1);
        Assert.Equal(0, (await trial.ReportAsync("--no-eval")).Status);
        Assert.All(trial.RunFolders, folder => Assert.False(Directory.Exists(Path.Combine(folder, "eval"))));
        Assert.Contains(trial.Page().Descendants("code"), code => code.Value.StartsWith("trainer eval ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task TheCommandOfThePage_IsTheOneThatMadeIt()
    {
        using ReportTrial trial = await ReportTrial.TrainedAsync(seeds: 1);
        Assert.Equal(0, (await trial.ReportAsync("--no-eval", "--out", trial.Program.Results, "--question=Which is it?")).Status);
        Assert.Contains(
            trial.Page().Descendants("pre"),
            lines => lines.Value == $"trainer report {trial.Program.Results} --html {trial.File} --no-eval --out {trial.Program.Results} --question 'Which is it?'");
    }

    [Fact]
    public async Task OtherImagesThanFashionMnist_AreWarnedOf()
    {
        using ReportTrial trial = await ReportTrial.TrainedAsync(seeds: 1);
        Assert.Equal(0, (await trial.ReportAsync("--no-eval")).Status);
        Assert.Contains("not Fashion-MNIST", Warnings(trial), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrokenRun_IsNamed_AndTheRestShown()
    {
        using ReportTrial trial = await ReportTrial.TrainedAsync(seeds: 2);
        string broken = trial.RunFolders[0];
        File.WriteAllText(Path.Combine(broken, "metrics.csv"), "epoch,nonsense\n0,1\n");
        ProgramOutcome outcome = await trial.ReportAsync("--no-eval");
        Assert.Equal(1, outcome.Status);
        Assert.Contains(broken, outcome.Error, StringComparison.Ordinal);
        Assert.Contains(broken, Warnings(trial), StringComparison.Ordinal);
        Assert.Equal(trial.RunFolders.Skip(1).Order(), trial.Rows("runs").Select(row => (string)row.Attribute("data-folder")!).Order());
    }

    [Fact]
    public async Task NoRuns_IsOneLine_AndNoPage()
    {
        using var trial = new ReportTrial();
        Directory.CreateDirectory(trial.Program.Results);
        ProgramOutcome outcome = await trial.ReportAsync();
        Assert.Equal(2, outcome.Status);
        Assert.Contains("no run in it", outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd().Split('\n'));
        Assert.False(File.Exists(trial.File));
    }

    [Fact]
    public async Task OneConfiguration_HasItsSplitsInOneChart()
    {
        using ReportTrial trial = await ReportTrial.TrainedAsync(seeds: 1);
        Assert.Equal(0, (await trial.Program.RunAsync("report", trial.RunFolders[0], "--html", trial.File, "--no-eval")).Status);
        Assert.Equal(
            ["test", "training", "validation"],
            trial.Charts()["chart-loss"].GetProperty("series").EnumerateArray().Select(series => series.GetProperty("label").GetString()));
        Assert.DoesNotContain(trial.Page().Descendants("table"), table => (string?)table.Attribute("id") == "pairs");
    }

    private static string Warnings(ReportTrial trial) =>
        trial.Page().Descendants("section").Single(section => (string?)section.Attribute("class") == "warnings").Value;

    [GeneratedRegex("<(script|style)>(.*?)</\\1>", RegexOptions.Singleline)]
    private static partial Regex OwnText();
}
