using System.CommandLine;
using Trainer.Data;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer data</c> and <c>trainer data get</c>.</summary>
internal static class DataCommand
{
    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        Option<string?> data = ProgramOptions.Data();
        Option<bool> json = ProgramOptions.Json();
        var command = new Command("data", "Says where Fashion-MNIST is on this machine and checks it, file by file.")
        {
            data, json, Get(shell),
        }.WithExamples(
            "trainer data",
            "trainer data get");
        command.SetAction((parsed, _) => CommandLine.Guarded(shell, () =>
        {
            Show(shell, shell.Data.Locator.Locate(parsed.GetValue(data)), parsed.GetValue(json));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Get(Shell shell)
    {
        var command = new Command("get", "Downloads Fashion-MNIST into the user's cache; goes on where a broken transfer stopped.");
        command.SetAction((_, _) => CommandLine.GuardedAsync(shell, async cancellation =>
        {
            string folder = shell.Data.Surroundings.CacheFolder;
            IReadOnlyList<string> fetched = await shell.Data.Downloader.DownloadAsync(folder, new DownloadDisplay(shell), cancellation);
            shell.Output.WriteLine(fetched.Count == 0 ? $"nothing to fetch: {folder} has all files" : $"fetched {fetched.Count} files into {folder}");
            Show(shell, new DataLocation(DataPlace.Cache, folder, "the user's cache"), json: false);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static void Show(Shell shell, DataLocation location, bool json)
    {
        if (location.Place == DataPlace.Download)
        {
            Print(shell, json, new DataReport(EmbeddedGarments.Name, location.Folder, location.Reason, null, []));
            return;
        }
        DataSet set = FashionMnist.Load(location.Folder);
        DataFile[] files = [.. FashionMnistFiles.Official.All.Select(file => DataFile.Of(file.FindIn(location.Folder)!))];
        Print(shell, json, new DataReport(set.Name, location.Folder, location.Reason, set.Hash, files));
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
            return;
        }
        shell.Output.WriteLine($"data set  {report.DataSet}, every file as published");
        shell.Output.WriteLine($"folder    {report.Folder} ({report.Reason})");
        shell.Output.WriteLine($"hash      {report.Hash}");
        foreach (DataFile file in report.Files)
        {
            shell.Output.WriteLine($"  {file.Name,-28} {file.Bytes,10} bytes  sha256 {file.Sha256}");
        }
    }

    private sealed record DataReport(string DataSet, string Folder, string Reason, string? Hash, IReadOnlyList<DataFile> Files);
}
