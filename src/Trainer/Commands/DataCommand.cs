using System.CommandLine;
using Trainer.Data;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer data</c>, <c>trainer data get</c> and <c>trainer data clear</c>.</summary>
internal static class DataCommand
{
    private const double BytesPerMegabyte = 1e6;

    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        Option<string?> data = ProgramOptions.Data();
        Option<bool> json = ProgramOptions.Json();
        var command = new Command("data", "Says where Fashion-MNIST is on this machine and checks it, file by file.")
        {
            data, json, Get(shell), Clear(shell),
        }.WithExamples(
            "trainer data",
            "trainer data get",
            "trainer data clear");
        command.SetAction((parsed, _) => CommandLine.Guarded(shell, () =>
        {
            Show(shell, shell.Data.Locator.Locate(parsed.GetValue(data)), parsed.GetValue(json));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Get(Shell shell)
    {
        Option<string[]> mirror = new("--mirror")
        {
            HelpName = "URL",
            Description = "folder on the web to fetch from, instead of the two that are known; may be given again",
            DefaultValueFactory = _ => [],
        };
        Option<bool> http = new("--allow-http") { Description = "take a --mirror without encryption, too; the files are checked in any case" };
        var command = new Command("get", "Downloads Fashion-MNIST into the user's cache; goes on where a broken transfer stopped.") { mirror, http };
        command.SetAction((parsed, _) => CommandLine.GuardedAsync(shell, async cancellation =>
        {
            Downloader downloader = shell.Data.Downloader.Asked(MirrorAddress.Read(parsed.GetValue(mirror)!, parsed.GetValue(http)));
            string folder = shell.Data.Surroundings.CacheFolder;
            IReadOnlyList<string> fetched = await downloader.DownloadAsync(
                folder, new DownloadDisplay(shell), shell.Error.WriteLine, cancellation);
            shell.Output.WriteLine(fetched.Count == 0 ? $"nothing to fetch: {folder} has all files" : $"fetched {fetched.Count} files into {folder}");
            // What is asked for once, on a cluster perhaps, is then ready for every run.
            FashionMnist.Load(folder, shell.Data.Copies);
            Show(shell, new DataLocation(DataPlace.Cache, folder, "the user's cache"), json: false);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Clear(Shell shell)
    {
        var command = new Command("clear", "Removes the unpacked copies that runs keep to start faster; the next run makes them again.");
        command.SetAction((_, _) => CommandLine.Guarded(shell, () =>
        {
            UnpackedCopies copies = shell.Data.Copies;
            IReadOnlyList<(string Name, long Bytes)> files = copies.List();
            copies.Clear();
            shell.Output.WriteLine(files.Count == 0
                ? $"nothing to remove: no copies in {copies.Folder}"
                : $"removed {Megabytes(files.Sum(file => file.Bytes))} of unpacked copies: {copies.Folder}");
            return ExitCode.Ok;
        }));
        return command;
    }

    private static void Show(Shell shell, DataLocation location, bool json)
    {
        var copies = CopiesReport.Of(shell.Data.Copies);
        if (location.Place == DataPlace.Download)
        {
            Print(shell, json, new DataReport(EmbeddedGarments.Name, location.Folder, location.Reason, null, [], copies));
            return;
        }
        // Without the copies: here the files themselves are checked.
        DataSet set = FashionMnist.Load(location.Folder);
        DataFile[] files = [.. FashionMnistFiles.Official.All.Select(file => DataFile.Of(file.FindIn(location.Folder)!))];
        Print(shell, json, new DataReport(set.Name, location.Folder, location.Reason, set.Hash, files, copies));
    }

    private static void Print(Shell shell, bool json, DataReport report)
    {
        if (json)
        {
            shell.Output.WriteLine(JsonText.Line(report));
            return;
        }
        if (report.Hash is null)
        {
            shell.Output.WriteLine($"Fashion-MNIST is not on this machine: {report.Reason}");
            shell.Output.WriteLine($"'trainer data get' fetches it into {report.Folder}; without it and without a network, runs use the {report.DataSet}");
            if (report.Copies.Files > 0)
            {
                shell.Output.WriteLine($"unpacked copies: {report.Copies}");
            }
            return;
        }
        shell.Output.WriteLine($"data set  {report.DataSet}, every file as published");
        shell.Output.WriteLine($"folder    {report.Folder} ({report.Reason})");
        shell.Output.WriteLine($"hash      {report.Hash}");
        foreach (DataFile file in report.Files)
        {
            shell.Output.WriteLine($"  {file.Name,-28} {file.Bytes,10} bytes  sha256 {file.Sha256}");
        }
        shell.Output.WriteLine($"unpacked  {report.Copies}");
    }

    private static string Megabytes(long bytes) => FormattableString.Invariant($"{bytes / BytesPerMegabyte:0.0} MB");

    private sealed record DataReport(
        string DataSet, string Folder, string Reason, string? Hash, IReadOnlyList<DataFile> Files, CopiesReport Copies);

    private sealed record CopiesReport(string Folder, int Files, long Bytes, int Intact)
    {
        public static CopiesReport Of(UnpackedCopies copies)
        {
            IReadOnlyList<(string Name, long Bytes)> files = copies.List();
            int intact = files.Count == 0 ? 0 : FashionMnistFiles.Official.All.Count(file => copies.Read(file) is not null);
            return new CopiesReport(copies.Folder, files.Count, files.Sum(file => file.Bytes), intact);
        }

        public override string ToString() => Files == 0
            ? "none; the first run from packed files keeps them"
            : $"{Folder} ({Megabytes(Bytes)}, {Condition}); 'trainer data clear' removes them";

        private string Condition => Intact == FashionMnistFiles.Official.All.Count
            ? "intact"
            : $"{Intact} of {FashionMnistFiles.Official.All.Count} files intact, the others are of no use and replaced when they are needed";
    }
}
