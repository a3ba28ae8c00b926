using System.Text;
using Spectre.Console;
using Trainer.Images;

namespace Trainer.Tests.Images;

public class TerminalGridTests
{
    private const string Escape = "\u001b[";

    [Fact]
    public void Render_WithoutColour_IsExactlyThisText() => Assert.Equal(
        """
         .:-
        =+*@   @@@@
        T-s…   Bag

        """.ReplaceLineEndings("\n"),
        Drawn(SampleGrids.Grid(SampleGrids.Small, 2, 0, 1), new Terminal(IsTerminal: false)));

    [Fact]
    public void Render_WithoutUnicode_IsPureAscii()
    {
        string text = Drawn(
            SampleGrids.Grid(SampleGrids.Large, 2, 0, 1, 2), new Terminal(Unicode: false));
        Assert.All(text, character => Assert.InRange(character, '\n', '~'));
        Assert.Contains("T-shirt/top #0                 Bag #1\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_InColour_DrawsTwoPixelsACharacter_InTheirColours()
    {
        string text = Drawn(SampleGrids.Grid(SampleGrids.Small, 2, 1), new Terminal());
        // Both lines are uniform: one run of four characters each.
        Assert.Equal(
            $"{Escape}38;2;0;0;0;48;2;0;0;0m▀▀▀▀{Escape}0m\n"
            + $"{Escape}38;2;255;255;255;48;2;255;255;255m▀▀▀▀{Escape}0m\n"
            + $"{Escape}1mBag{Escape}0m\n",
            text);

        string gradient = Drawn(SampleGrids.Grid(SampleGrids.Small, 2, 0), new Terminal());
        Assert.Contains($"{Escape}38;2;103;103;103;48;2;103;103;103m▀{Escape}0m", gradient, StringComparison.Ordinal);
    }

    [Theory]
    // What Spectre.Console makes of the variable NO_COLOR.
    [InlineData(true, ColorSystemSupport.NoColors)]
    [InlineData(true, ColorSystemSupport.Standard)]
    [InlineData(false, ColorSystemSupport.TrueColor)]
    public void Render_UsesNoEscapeSequences_ForNoColor_FewColours_OrAFile(bool isTerminal, ColorSystemSupport colours)
    {
        string text = Drawn(
            SampleGrids.Grid(SampleGrids.Large, 2, 0, 1), new Terminal(IsTerminal: isTerminal, Colours: colours));
        Assert.DoesNotContain('\u001b', text);
        Assert.StartsWith(new string('@', 28) + "   ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(80, 2, 28)]
    [InlineData(59, 2, 28)]
    [InlineData(58, 1, 28)]
    [InlineData(28, 1, 28)]
    [InlineData(20, 1, 20)]
    [InlineData(7, 1, 7)]
    [InlineData(1, 1, 1)]
    public void Render_TakesFewerColumns_ThenSmallerImages_InANarrowTerminal(int width, int columns, int imageWidth)
    {
        ImageGrid grid = SampleGrids.Grid(SampleGrids.Large, 2, 0, 0, 0, 0);
        string[] lines = Drawn(grid, new Terminal(Width: width, IsTerminal: false)).Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        Assert.Equal(string.Join("   ", Enumerable.Repeat(new string('@', imageWidth), columns)), lines[0]);
        int imageLines = Math.Max(1, (imageWidth + 1) / 2);
        Assert.Equal(4 / columns * imageLines, lines.Count(line => line.StartsWith('@')));
    }

    [Fact]
    public void Render_ShortensACaptionToItsImage_AndKeepsTheIndexOfAFullSizeOne()
    {
        ImageGrid grid = ImageGrid.Of("sample", SampleGrids.Large, [0, 0], [new string('n', 40)], 2);
        string[] lines = Drawn(grid, new Terminal(IsTerminal: false)).TrimEnd().Split('\n');
        string caption = new string('n', 24) + "… #0";
        Assert.Equal($"{caption}   {caption}", lines[^1]);
    }

    private static string Drawn(ImageGrid grid, Terminal terminal)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        IAnsiConsole console = terminal.Open(writer);
        console.Write(TerminalGrid.For(console, grid));
        return writer.ToString();
    }

    /// <summary>A console that writes into a string and passes for a terminal.</summary>
    private sealed record Terminal(
        int Width = 80, bool IsTerminal = true, bool Unicode = true,
        ColorSystemSupport Colours = ColorSystemSupport.TrueColor)
    {
        public IAnsiConsole Open(TextWriter writer)
        {
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
            {
                Ansi = AnsiSupport.Yes,
                ColorSystem = Colours,
                Out = new Output(writer, IsTerminal, Width),
            });
            console.Profile.Width = Width;
            console.Profile.Capabilities.Unicode = Unicode;
            return console;
        }
    }

    private sealed class Output(TextWriter writer, bool isTerminal, int width) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => isTerminal;

        public int Width => width;

        public int Height => 50;

        public void SetEncoding(Encoding encoding)
        {
        }
    }
}
