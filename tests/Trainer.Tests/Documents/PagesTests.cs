using System.Text.RegularExpressions;
using Trainer.Images;
using Trainer.Runs;
using Trainer.Tests.Commands;
using Trainer.Yaml;

namespace Trainer.Tests.Documents;

/// <summary>The README and the pages below docs do what they say.</summary>
public partial class PagesTests
{
    private static readonly string[] Names =
        ["README.md", .. Directory.EnumerateFiles(RepositoryRoot.In("docs"), "*.md").Select(file => $"docs/{Path.GetFileName(file)}").Order(StringComparer.Ordinal)];

    /// <summary>The pages that people read.</summary>
    public static TheoryData<string> Pages() => [.. Names];

    /// <summary>Every distinct line of a page that calls the program, from code blocks and tables.</summary>
    public static TheoryData<string> Commands() => [.. Names
        .Select(Text)
        .SelectMany(text => ConsoleLines(text).Concat(InlineCommand().Matches(text).Select(match => match.Groups[1].Value)))
        .Where(line => line.StartsWith("trainer ", StringComparison.Ordinal) && !line.Contains("CONFIG") && !line.Contains("SWEEP") && !line.Contains("FOLDER") && line != "trainer watch" && (!line.Contains("RUN") || TakesARun(line)))
        .Distinct()];

    [Fact]
    public void KeyTable_IsWhatTheRecordsSay() =>
        GeneratedText.CheckPart(RepositoryRoot.In("docs", "configuration.md"), "keys", KeyTable.Markdown(typeof(Experiment)));

    [Fact]
    public void Catalogue_IsWhatTheRecordsSay() =>
        GeneratedText.CheckPart(RepositoryRoot.In("docs", "catalogue.md"), "catalogue", Catalogue.Markdown());

    [Fact]
    public void Configuration_OfTheReadme_IsConfigsReluYaml()
    {
        string example = YamlBlock().Match(Text("README.md")).Groups[1].Value;
        Experiment shipped = ConfigReader.Read<Experiment>(RepositoryRoot.In("configs", "relu.yaml"));
        Assert.Equal(ConfigWriter.Write(shipped), ConfigWriter.Write(ConfigReader.ReadText<Experiment>(example, "README.md")));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_OfAPage_Works(string line)
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
        arguments = [.. arguments.Select(Place)];
        if (arguments[0] == "run")
        {
            arguments = [.. Shorter(arguments), "--out", trial.Results];
        }
        if (arguments[0] is "compare" or "report" or "list" or "rm")
        {
            await trial.RunAsync("sweep", RepositoryRoot.In("configs", "sweeps", "course.yaml"), "--seeds", "1-2", "--set", "epochs=1", "--out", trial.Results);
        }
        if (arguments[0] is "sweep" or "compare" or "report" or "list" or "rm")
        {
            arguments = [.. arguments.Select(word => Written().IsMatch(word) ? trial.In(word) : word), "--out", trial.Results];
        }
        if (arguments[0] == "report" && !arguments.Contains("--html"))
        {
            arguments = [.. arguments, "--html", trial.In("report.html")];
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

    [Theory]
    [MemberData(nameof(Pages))]
    public void Links_LeadToFilesAndHeadings(string page)
    {
        string folder = Path.GetDirectoryName(RepositoryRoot.In(page))!;
        foreach (Match link in RelativeLink().Matches(Text(page)))
        {
            string[] parts = link.Groups[1].Value.Split('#');
            string target = parts[0].Length == 0 ? RepositoryRoot.In(page) : Path.GetFullPath(Path.Combine(folder, parts[0]));
            Assert.True(File.Exists(target) || Directory.Exists(target), link.Groups[1].Value);
            Assert.True(parts.Length == 1 || Anchors(File.ReadAllText(target)).Contains(parts[1]), link.Groups[1].Value);
        }
    }

    [Fact]
    public async Task Verbs_AreAllListed_InTheReadme()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.RunAsync("--help");
        int first = outcome.Output.IndexOf("Commands:", StringComparison.Ordinal);
        int end = outcome.Output.IndexOf("Examples:", StringComparison.Ordinal);
        string[] verbs = [.. HelpVerb().Matches(outcome.Output[first..end]).Select(match => match.Groups[1].Value)];
        Assert.Contains("run", verbs);
        string text = Text("README.md");
        Assert.All(verbs, verb => Assert.Contains($"| `trainer {verb}", text));
    }

    /// <summary>Whether the line works on a run that must be there.</summary>
    private static bool TakesARun(string line) => line.Split(' ')[1] is "plot" or "eval" or "predict" or "verify" && !line.Contains("--schedule");

    private static void Draw(string path)
    {
        using FileStream file = File.Create(path);
        PngWriter.WriteGrey(file, new byte[40 * 50], 40, 50);
    }

    [Fact]
    public async Task GradcheckTables_OfThePage_AreThoseOfTheProgram()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.RunAsync("gradcheck", RepositoryRoot.In("configs", "relu.yaml"), "--mutate");
        string text = Text("docs/gradients.md");
        Assert.Equal(Rows(outcome.Output.ReplaceLineEndings("\n")), Rows(GradcheckBlock().Match(text).Groups[1].Value));

        // Errors hang on the machine's exponential, and the page's are those of the real images: names, counts and verdicts remain.
        static IEnumerable<string> Rows(string output) => output.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => $"{cells[1]}: {(cells.Length > 6 ? cells[2] : "")} {cells[^2].Split(' ')[0]}");
    }

    private static string Text(string page) => File.ReadAllText(RepositoryRoot.In(page)).ReplaceLineEndings("\n");

    /// <summary>The anchors of the headings, as the pages' host makes them.</summary>
    private static IEnumerable<string> Anchors(string text) => Heading().Matches(text)
        .Select(match => AnchorLetters().Replace(match.Groups[1].Value.ToLowerInvariant(), "").Replace(' ', '-'));

    private static IEnumerable<string> ConsoleLines(string text) => ConsoleBlock().Matches(text)
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

    [GeneratedRegex("^[a-z]+\\.(csv|svg|html)$")]
    private static partial Regex Written();

    [GeneratedRegex("\"[^\"]*\"|\\S+")]
    private static partial Regex Words();

    [GeneratedRegex("^#+ (.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex AnchorLetters();

    [GeneratedRegex("^  ([a-z-]+) ", RegexOptions.Multiline)]
    private static partial Regex HelpVerb();

    [GeneratedRegex(@"\]\((?!https?:)([^)]+)\)")]
    private static partial Regex RelativeLink();
}
