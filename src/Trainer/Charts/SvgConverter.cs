using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Trainer.Failures;

namespace Trainer.Charts;

/// <summary>Makes PNG and PDF of an SVG with the program <c>rsvg-convert</c> (librsvg), where that is installed.</summary>
/// <param name="searchPath">The folders to look for the program in, as the variable PATH lists them.</param>
internal sealed class SvgConverter(string searchPath)
{
    /// <summary>Width of a PNG in pixels unless another is asked for: sharp in a document, small in a mail.</summary>
    public const int DefaultWidth = 1200;

    private const string Program = "rsvg-convert";

    // A picture takes well under a second; a program that hangs must not hang us.
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    /// <summary>Looks for the program where PATH says.</summary>
    public SvgConverter()
        : this(Environment.GetEnvironmentVariable("PATH") ?? "")
    {
    }

    /// <summary>Converts a file. The destination is replaced at once or, on failure, left as it was.</summary>
    /// <param name="svgPath">The SVG file.</param>
    /// <param name="destinationPath">The file to write.</param>
    /// <param name="format">What to make of it.</param>
    /// <param name="width">Width of a PNG in pixels; its height follows. A PDF keeps the picture's own size.</param>
    /// <exception cref="RunFailedException">The program is not installed or fails, or a file cannot be read or written.</exception>
    public void Convert(string svgPath, string destinationPath, ImageFormat format, int width = DefaultWidth)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        string program = Find() ?? throw new RunFailedException(
            $"{Program} is needed for PNG and PDF and is not on PATH: install it with 'sudo apt install librsvg2-bin' "
            + "(Debian, Ubuntu), 'brew install librsvg' (macOS) or 'choco install rsvg-convert' (Windows); "
            + "the SVG opens in any browser");
        if (!File.Exists(svgPath))
        {
            throw new RunFailedException($"{svgPath}: there is no such picture to convert");
        }
        string destination = Path.GetFullPath(destinationPath);
        if (!Directory.Exists(Path.GetDirectoryName(destination)))
        {
            throw new RunFailedException($"{destinationPath}: cannot be written: its folder does not exist");
        }
        string temporary = $"{destination}.{Guid.NewGuid():N}.tmp";
        string[] size = format == ImageFormat.Png
            ? ["--width", width.ToString(CultureInfo.InvariantCulture), "--keep-aspect-ratio"]
            : [];
        try
        {
            Run(program, svgPath,
                ["--format", format == ImageFormat.Png ? "png" : "pdf", .. size, "--output", temporary, Path.GetFullPath(svgPath)]);
            File.Move(temporary, destination, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{destinationPath}: cannot be written: {FirstLine(failure.Message)}", failure);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void Run(string program, string svgPath, IEnumerable<string> arguments)
    {
        // No shell: the arguments reach the program as they are, whatever characters a path has.
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true };
        try
        {
            using Process process = Process.Start(start)
                ?? throw new RunFailedException($"{program}: cannot be started");
            Task<string> errors = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(TimeLimit))
            {
                process.Kill(entireProcessTree: true);
                throw new RunFailedException(
                    $"{svgPath}: {Program} did not finish within {TimeLimit.TotalSeconds:0} seconds and was stopped");
            }
            if (process.ExitCode != 0)
            {
                throw new RunFailedException(
                    $"{svgPath}: {Program} failed with exit code {process.ExitCode}: {FirstLine(errors.Result)}");
            }
        }
        catch (Win32Exception failure)
        {
            throw new RunFailedException($"{program}: cannot be started: {FirstLine(failure.Message)}", failure);
        }
    }

    private string? Find()
    {
        string name = OperatingSystem.IsWindows() ? Program + ".exe" : Program;
        return searchPath
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string path) => File.Exists(path) && (OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    private static string FirstLine(string text) => text.Trim().Split('\n')[0].TrimEnd();
}
