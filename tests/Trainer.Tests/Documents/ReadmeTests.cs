using System.Text.RegularExpressions;
using Trainer.Images;
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
        .Where(line => line.StartsWith("trainer ", StringComparison.Ordinal) && !line.Contains("CONFIG") && (!line.Contains("RUN") || TakesARun(line)))
        .Distinct()];

    [Fact]
    public void KeyTable_IsWhatTheRecordsSay() =>
        GeneratedText.CheckPart(RepositoryRoot.In("docs", "configuration.md"), "keys", KeyTable.Markdown(typeof(Experiment)));

    [Fact]
    public void Catalogue_IsWhatTheRecordsSay() =>
        GeneratedText.CheckPart(Page, "catalogue", Catalogue.Markdown());

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
        if (TakesARun(line))
        {
            await trial.TrainAsync(trial.SmallConfig());
            string[] images = [.. arguments.Where(word => word == "IMAGE" || word.EndsWith(".png", StringComparison.Ordinal))];
            Array.ForEach(images, name => Draw(trial.In(name)));
            arguments = [arguments[0], trial.Results, .. arguments[2..].Select(word => images.Contains(word) ? trial.In(word) : word)];
        }
        if (arguments[0] == "run")
        {
            arguments = [.. Shorter(arguments).Select(Place), "--out", trial.Results];
        }
        if (arguments[0] == "gradcheck")
        {
            arguments = [.. arguments.Select(Place)];
        }
        if (arguments[0] == "show")
        {
            arguments = [.. arguments.Select(Place)];
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
        Assert.All(["run", "show", "plot", "eval", "predict", "gradcheck", "doctor", "data", "info"], verb => Assert.Contains($"| `trainer {verb}", text));
    }

    /// <summary>Whether the line works on a run that must be there.</summary>
    private static bool TakesARun(string line) => line.Split(' ')[1] is "plot" or "eval" or "predict" && !line.Contains("--schedule");

    private static void Draw(string path)
    {
        using FileStream file = File.Create(path);
        PngWriter.WriteGrey(file, new byte[40 * 50], 40, 50);
    }

    [Fact]
    public async Task GradcheckTables_OfTheReadme_AreThoseOfTheProgram()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.RunAsync("gradcheck", RepositoryRoot.In("configs", "relu.yaml"), "--mutate");
        string text = File.ReadAllText(Page).ReplaceLineEndings("\n");
        Assert.Equal(Rows(outcome.Output.ReplaceLineEndings("\n")), Rows(GradcheckBlock().Match(text).Groups[1].Value));

        // Errors hang on the machine's exponential, and the page's are those of the real images: names, counts and verdicts remain.
        static IEnumerable<string> Rows(string output) => output.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[1]}: {(cells.Length > 6 ? cells[2] : "")} {cells[^2].Split(' ')[0]}");
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

    [GeneratedRegex("```text\n(config .*?)```", RegexOptions.Singleline)]
    private static partial Regex GradcheckBlock();

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    [GeneratedRegex("\\| `(trainer [^`]*)`")]
    private static partial Regex InlineCommand();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)]+)\)")]
    private static partial Regex RelativeLink();
}
