using System.Text.RegularExpressions;
using Trainer.Failures;
using Trainer.Runs;
using Trainer.Tests.Engines;
using Trainer.Yaml;

namespace Trainer.Tests.Documents;

/// <summary>Each file of <c>configs/course</c> begins with a question, names the commands that answer it, and says what is to
/// be seen.</summary>
public partial class CourseConfigsTests
{
    private const string Refused = "(refused)";
    private static readonly string Folder = RepositoryRoot.In("configs", "course");

    private static IEnumerable<string> Files => Directory.EnumerateFiles(Folder, "*.yaml").Order(StringComparer.Ordinal);

    public static TheoryData<string> Commands() =>
        [.. Files.SelectMany(file => File.ReadLines(file).Where(line => RunCommand().IsMatch(line)).Select(line => line[1..].Trim()))];

    [Fact]
    public void Questions_AreListedInTheReadme()
    {
        var table = new List<string> { "| Question | Configuration |", "| --- | --- |" };
        foreach (string file in Files)
        {
            string[] lines = File.ReadAllLines(file);
            Assert.EndsWith("?", lines[1]);
            Assert.Contains(lines, line => line.StartsWith("# To be seen", StringComparison.Ordinal));
            Assert.Contains(lines, line => RunCommand().IsMatch(line));
            string name = Path.GetFileName(file);
            table.Add($"| {lines[1][2..]} | [`{name}`](configs/course/{name}) |");
        }
        GeneratedText.CheckPart(RepositoryRoot.In("README.md"), "questions", string.Join('\n', table) + "\n");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Command_AsksForSomethingThatCanBeTrained(string command)
    {
        string[] words = [.. Word().Matches(command.Replace(Refused, "", StringComparison.Ordinal)).Select(match => match.Value.Replace("'", "", StringComparison.Ordinal))];
        string[] overrides = [.. words.Index().Where(word => word.Index > 0 && words[word.Index - 1] == "--set").Select(word => word.Item)];
        string file = RepositoryRoot.In(words[2].Split('/'));
        if (command.EndsWith(Refused, StringComparison.Ordinal))
        {
            Assert.Throws<ConfigException>(() => ConfigReader.Read<Experiment>(file, overrides));
            return;
        }
        Experiment experiment = ConfigReader.Read<Experiment>(file, overrides);
        Run.Setup(experiment, TestData.Set(200, 20, 784, 10)).Checked();
    }

    [GeneratedRegex(@"^#\s+trainer run ")]
    private static partial Regex RunCommand();

    [GeneratedRegex(@"(?:'[^']*'|[^\s'])+")]
    private static partial Regex Word();
}
