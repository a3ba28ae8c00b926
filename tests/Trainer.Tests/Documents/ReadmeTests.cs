using System.Text.RegularExpressions;
using Trainer.Runs;
using Trainer.Tests.Commands;
using Trainer.Yaml;

namespace Trainer.Tests.Documents;

/// <summary>The README does what it says.</summary>
public partial class ReadmeTests
{
    private static readonly string Page = RepositoryRoot.In("README.md");

    /// <summary>Every distinct line of the README that calls the program, from code blocks and tables.</summary>
    public static TheoryData<string> Commands() => [.. ConsoleLines()
        .Concat(InlineCommand().Matches(File.ReadAllText(Page)).Select(match => match.Groups[1].Value))
        .Where(line => line.StartsWith("trainer ", StringComparison.Ordinal) && !line.Contains("CONFIG") && (!line.Contains("RUN") || line.StartsWith("trainer plot", StringComparison.Ordinal)))
        .Distinct()];

    [Fact]
    public void KeyTable_IsWhatTheRecordsSay() =>
        GeneratedText.CheckPart(Page, "keys", KeyTable.Markdown(typeof(Experiment)));

    [Fact]
    public void Configuration_OfTheReadme_IsConfigsReluYaml()
    {
        string text = File.ReadAllText(Page).ReplaceLineEndings("\n");
        string example = YamlBlock().Match(text).Groups[1].Value;
        Experiment shipped = ConfigReader.Read<Experiment>(RepositoryRoot.In("configs", "relu.yaml"));
        Assert.Equal(ConfigWriter.Write(shipped), ConfigWriter.Write(ConfigReader.ReadText<Experiment>(example, "README.md")));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_OfTheReadme_Works(string line)
    {
        using var trial = new ProgramTrial();
        string[] words = [.. Words().Matches(line).Select(match => match.Value.Trim('"'))];
        Assert.Equal("trainer", words[0]);
        string[] arguments = words[1..];
        if (arguments[0] == "plot")
        {
            await trial.TrainAsync(trial.SmallConfig());
            arguments = ["plot", trial.Results, .. arguments[2..]];
        }
        if (arguments[0] == "run")
        {
            arguments = [.. Shorter(arguments).Select(Place), "--out", trial.Results];
        }
        if (arguments[0] == "show")
        {
            arguments = arguments.Contains("--output")
                ? [.. arguments.Select(word => word.EndsWith(".svg", StringComparison.Ordinal) ? trial.In(word) : word)]
                : [.. arguments, "--output", trial.In("show.svg")];
        }
        ProgramOutcome outcome = await trial.RunAsync(arguments);
        Assert.True(outcome.Status == 0, outcome.Error);
        Assert.NotEmpty(outcome.Output);
    }

    [Fact]
    public void Links_LeadToFiles_AndEveryVerbIsListed()
    {
        string text = File.ReadAllText(Page);
        foreach (Match link in RelativeLink().Matches(text))
        {
            string target = RepositoryRoot.In(link.Groups[1].Value);
            Assert.True(File.Exists(target) || Directory.Exists(target), link.Groups[1].Value);
        }
        Assert.All(["run", "show", "plot", "doctor", "data", "info"], verb => Assert.Contains($"| `trainer {verb}", text));
    }

    private static IEnumerable<string> ConsoleLines() => ConsoleBlock().Matches(File.ReadAllText(Page).ReplaceLineEndings("\n"))
        .SelectMany(block => block.Groups[1].Value.Split('\n'));

    private static string Place(string word) => word.StartsWith("configs/", StringComparison.Ordinal) ? RepositoryRoot.In(word) : word;

    /// <summary>The same command with one epoch, and no more validation rows or traced steps than the small set has.</summary>
    private static IEnumerable<string> Shorter(string[] arguments)
    {
        int epochs = Array.IndexOf(arguments, "--epochs");
        return arguments
            .Where((_, index) => epochs < 0 || (index != epochs && index != epochs + 1))
            .Select(word => word == "200" ? "5" : word)
            .Select(word => word.StartsWith("data.validation=", StringComparison.Ordinal) ? "data.validation=50" : word)
            .Concat(["--epochs", "1"]);
    }

    [GeneratedRegex("```console\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ConsoleBlock();

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    [GeneratedRegex("\\| `(trainer [^`]*)`")]
    private static partial Regex InlineCommand();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)]+)\)")]
    private static partial Regex RelativeLink();
}
