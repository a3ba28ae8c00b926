using Trainer.Charts;
using Trainer.Failures;

namespace Trainer.Tests.Charts;

public sealed class SvgConverterTests : IDisposable
{
    private static readonly byte[] PngSignature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly string _folder = Directory.CreateTempSubdirectory("trainer-svg-").FullName;
    private readonly string _svg;

    public SvgConverterTests()
    {
        _svg = Path.Combine(_folder, "curves.svg");
        File.WriteAllText(_svg, new SvgRenderer().RenderText(SampleFigures.Get("validation")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Convert_SaysHowToGetTheProgram_WhenItIsNotInstalled()
    {
        string destination = Destination("curves.png");
        File.WriteAllText(destination, "old");
        var failure = Assert.Throws<RunFailedException>(
            () => new SvgConverter(_folder).Convert(_svg, destination, ImageFormat.Png));
        Assert.Equal(
            "rsvg-convert is needed for PNG and PDF and is not on PATH: install it with 'sudo apt install librsvg2-bin' "
            + "(Debian, Ubuntu), 'brew install librsvg' (macOS) or 'choco install rsvg-convert' (Windows); "
            + "the SVG opens in any browser",
            failure.Message);
        Assert.Equal(ExitCode.Failure, failure.ExitCode);
        Assert.Equal("old", File.ReadAllText(destination));
    }

    [UnixFact]
    public void Convert_PassesPathsAsTheyAre_AndReplacesTheDestination()
    {
        // Stands in for the program: writes its arguments, one a line, to the file named after --output.
        Install("""
            while [ "$1" != --output ]; do line="$line$1 "; shift; done
            printf '%s\n%s' "$line" "$3" > "$2"
            """);
        string destination = Destination("a b'$(touch x);\".png");
        File.WriteAllText(destination, "old");
        new SvgConverter($"{Path.Combine(_folder, "nowhere")}:{_folder}").Convert(_svg, destination, ImageFormat.Png, 640);
        Assert.Equal($"--format png --width 640 --keep-aspect-ratio \n{_svg}", File.ReadAllText(destination));
        AssertOnly("curves.svg", "rsvg-convert", Path.GetFileName(destination));
    }

    [UnixFact]
    public void Convert_GivesTheProgramsFirstLine_AndLeavesTheDestinationAsItWas_WhenItFails()
    {
        Install("""
            while [ "$1" != --output ]; do shift; done
            echo half > "$2"; echo 'bad picture' >&2; echo 'more' >&2; exit 3
            """);
        string destination = Destination("curves.pdf");
        File.WriteAllText(destination, "old");
        var failure = Assert.Throws<RunFailedException>(
            () => new SvgConverter(_folder).Convert(_svg, destination, ImageFormat.Pdf));
        Assert.Equal($"{_svg}: rsvg-convert failed with exit code 3: bad picture", failure.Message);
        Assert.Equal("old", File.ReadAllText(destination));
        AssertOnly("curves.svg", "rsvg-convert", "curves.pdf");
    }

    [UnixFact]
    public void Convert_NamesTheFile_WhenItIsMissingOrCannotBeWritten()
    {
        Install("exit 0");
        var converter = new SvgConverter(_folder);
        string missing = Path.Combine(_folder, "missing.svg");
        var noSource = Assert.Throws<RunFailedException>(
            () => converter.Convert(missing, Destination("x.png"), ImageFormat.Png));
        Assert.Equal($"{missing}: there is no such picture to convert", noSource.Message);

        string nowhere = Path.Combine(_folder, "nowhere", "x.png");
        var noFolder = Assert.Throws<RunFailedException>(() => converter.Convert(_svg, nowhere, ImageFormat.Png));
        Assert.Equal($"{nowhere}: cannot be written: its folder does not exist", noFolder.Message);

        // The stand-in wrote nothing, so there is nothing to put in place.
        var noResult = Assert.Throws<RunFailedException>(() => converter.Convert(_svg, Destination("x.png"), ImageFormat.Png));
        Assert.StartsWith($"{Destination("x.png")}: cannot be written: ", noResult.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', noResult.Message);
    }

    [RsvgConvertFact]
    public void Convert_MakesPngAndPdf_WithTheProgramItself()
    {
        var converter = new SvgConverter();
        converter.Convert(_svg, Destination("curves.png"), ImageFormat.Png, 400);
        byte[] png = File.ReadAllBytes(Destination("curves.png"));
        Assert.Equal(PngSignature, png[..8]);
        Assert.Equal([0, 0, 400 >> 8, 400 & 255], png[16..20]);

        converter.Convert(_svg, Destination("curves.pdf"), ImageFormat.Pdf);
        Assert.Equal("%PDF-"u8, File.ReadAllBytes(Destination("curves.pdf")).AsSpan(0, 5));
        AssertOnly("curves.svg", "curves.png", "curves.pdf");
    }

    private string Destination(string name) => Path.Combine(_folder, name);

    private void Install(string script)
    {
        string program = Path.Combine(_folder, "rsvg-convert");
        File.WriteAllText(program, "#!/bin/sh\n" + script.ReplaceLineEndings("\n") + "\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private void AssertOnly(params string[] names) =>
        Assert.Equal(names.Order(), Directory.GetFiles(_folder).Select(Path.GetFileName).Order());

    private sealed class UnixFactAttribute : FactAttribute
    {
        public UnixFactAttribute() => Skip = OperatingSystem.IsWindows() ? "the stand-in for rsvg-convert is a shell script" : null;
    }

    private sealed class RsvgConvertFactAttribute : FactAttribute
    {
        public RsvgConvertFactAttribute()
        {
            string name = OperatingSystem.IsWindows() ? "rsvg-convert.exe" : "rsvg-convert";
            string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
            Skip = folders.Any(folder => File.Exists(Path.Combine(folder, name))) ? null : "rsvg-convert is not installed";
        }
    }
}
