using System.Security.Cryptography;
using Trainer.Charts;
using Trainer.Reports;

namespace Trainer.Tests.Reports;

/// <summary>What lies in <c>Reports/Assets</c> is what it says it is.</summary>
public class ReportAssetsTests
{
    private static readonly string Folder = RepositoryRoot.In("src", "Trainer", "Reports", "Assets");

    [Fact]
    public void TheChartingLibrary_IsTheOneThatItsNoteNames()
    {
        string[] rows = [.. File.ReadLines(Path.Combine(Folder, "uplot", "README.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal))];
        Assert.Equal(3, rows.Length);
        foreach (string[] cells in rows.Select(row => row.Split('|', StringSplitOptions.TrimEntries)))
        {
            byte[] content = File.ReadAllBytes(Path.Combine(Folder, "uplot", cells[1].Trim('`')));
            Assert.Equal(cells[3].Trim('`'), Convert.ToHexStringLower(SHA256.HashData(content)));
        }
    }

    [Fact]
    public void TheColoursOfThePage_AreThoseOfThePictures()
    {
        string sheet = ReportAssets.Text("page.css");
        for (int colour = 0; colour < Palette.Light.Count; colour++)
        {
            Assert.Contains($"--c{colour}: light-dark({Palette.Light[colour]}, {Palette.Dark[colour]});", sheet, StringComparison.Ordinal);
        }
        Assert.DoesNotContain($"--c{Palette.Light.Count}:", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryClassOfThePictures_HasItsRuleInThePage()
    {
        string sheet = ReportAssets.Text("page.css");
        IEnumerable<string> classes = SvgStyle.Sheet.Split(['{', '}', ',', '\n'])
            .Select(part => part.Trim()).Where(part => part.StartsWith(".figure .", StringComparison.Ordinal)).Distinct();
        Assert.All(classes, rule => Assert.Contains(rule + " ", sheet.Replace(",", " ,"), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("script", "if (a < b) alert('</SCRIPT>')")]
    [InlineData("style", "</style>")]
    [InlineData("script", "<!-- ")]
    public void AScriptThatWouldEndItself_IsRefused(string element, string content) =>
        Assert.Throws<ArgumentException>(() => HtmlText.Page(Html.Tag(element, content)));
}
