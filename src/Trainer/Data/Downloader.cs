using System.Net.Http.Headers;
using System.Security.Cryptography;
using Trainer.Failures;

namespace Trainer.Data;

/// <summary>
/// Fetches Fashion-MNIST's four files. A broken transfer is resumed, by a later process too; a mirror that fails is
/// replaced by the next; a file appears under its name only whole, with its published SHA-256; a file that is already
/// there is never overwritten. Several processes may be at it at once: one fetches, the others wait for it.
/// </summary>
/// <param name="mirrors">Folders on the web, each ending in a slash, in the order in which they are asked.</param>
/// <param name="files">What to fetch.</param>
/// <param name="patience">How long to wait and how often to try.</param>
internal sealed class Downloader(IReadOnlyList<Uri> mirrors, FashionMnistFiles files, DownloadPatience patience)
{
    private const string Mend = "name a folder that has the files (--data DIR), try again with 'trainer data get', "
        + "or take the embedded garments (run: --set data.source=embedded, show: --source embedded)";

    /// <summary>Fetches the official files from <see cref="OfficialMirrors"/>.</summary>
    public Downloader() : this(OfficialMirrors, FashionMnistFiles.Official, new DownloadPatience())
    {
    }

    /// <summary>The authors' repository, and the copy from which Keras downloads.</summary>
    public static IReadOnlyList<Uri> OfficialMirrors { get; } =
    [
        new("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
        new("https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
    ];

    /// <summary>Fetches those of the files that <paramref name="folder"/> does not have yet.</summary>
    /// <param name="folder">Is created where it is missing.</param>
    /// <param name="progress">Told of each file's bytes as they arrive, from whichever thread received them.</param>
    /// <param name="cancellation">Ends the transfer; what has arrived is kept for the next one.</param>
    /// <returns>The names of the files that were fetched now; none when all were there.</returns>
    /// <exception cref="DataException">No mirror delivers, the folder cannot be written to, or a file under one of the
    /// names is not the official one.</exception>
    public async Task<IReadOnlyList<string>> DownloadAsync(
        string folder, IProgress<DownloadProgress>? progress = null, CancellationToken cancellation = default)
    {
        if (Missing(folder).Count == 0)
        {
            return [];
        }
        Create(folder);
        using FolderLock folderLock = await FolderLock.AcquireAsync(folder, patience.Reach + patience.Stall, cancellation);
        // Whoever held the lock before may have fetched them meanwhile.
        IReadOnlyList<FashionMnistFile> missing = Missing(folder);
        using HttpClient client = Client();
        using var reach = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        reach.CancelAfter(patience.Reach);
        var transfer = new MirrorTransfer(
            client, patience, reached: () => reach.CancelAfter(Timeout.InfiniteTimeSpan), progress);
        foreach (FashionMnistFile file in missing)
        {
            await FetchAsync(transfer, file, Path.Combine(folder, file.GzipName), reach.Token, cancellation);
        }
        folderLock.Done = true;
        return [.. missing.Select(file => file.GzipName)];
    }

    /// <summary>The files that are not there; one that is there but wrong is refused, because it may be somebody's.</summary>
    private List<FashionMnistFile> Missing(string folder)
    {
        var missing = new List<FashionMnistFile>();
        foreach (FashionMnistFile file in files.All)
        {
            if (file.FindIn(folder) is not { } path)
            {
                missing.Add(file);
                continue;
            }
            try
            {
                files.Verify(file, path);
            }
            catch (DataException failure)
            {
                throw new DataException($"{path}: is there, but does not read as the official file, and is never "
                    + "overwritten; move it away and try again", failure);
            }
        }
        return missing;
    }

    private static void Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DataException(
                $"{folder}: cannot be created ({failure.Message}); name another folder (--data DIR)", failure);
        }
    }

    private HttpClient Client()
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = patience.Answer,
            // A proxy is there for the network; a mirror on this machine is not behind it.
            UseProxy = !mirrors.All(mirror => mirror.IsLoopback),
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("trainer", null));
        return client;
    }

    /// <summary>Asks the mirrors in turn, round after round, until one has delivered the right bytes.</summary>
    private async Task FetchAsync(
        MirrorTransfer transfer, FashionMnistFile file, string target, CancellationToken reach, CancellationToken cancellation)
    {
        var failures = new Dictionary<Uri, MirrorException>();
        try
        {
            for (int attempt = 0; attempt < patience.Rounds * mirrors.Count; attempt++)
            {
                (int round, int turn) = int.DivRem(attempt, mirrors.Count);
                if (round == patience.RoundsUnanswered && !transfer.Answered)
                {
                    break;
                }
                if (round > 0 && turn == 0)
                {
                    await Task.Delay(patience.FirstPause * (1 << (round - 1)), reach);
                }
                if (failures.TryGetValue(mirrors[turn], out MirrorException? earlier) && earlier.Final)
                {
                    continue;
                }
                try
                {
                    await TryAsync(transfer, mirrors[turn], file, target, reach);
                    return;
                }
                catch (MirrorException failure)
                {
                    failures[mirrors[turn]] = failure;
                }
                if (failures.Count == mirrors.Count && failures.Values.All(failure => failure.Final))
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // No mirror has answered in time; the failures until now say the rest.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{target}: cannot be written ({failure.Message}); "
                + "make room, or name another folder (--data DIR)", failure);
        }
        throw Failure(file, failures);
    }

    /// <summary>Lets one mirror complete the part file, and gives it its final name when its bytes are the right ones.</summary>
    private static async Task TryAsync(
        MirrorTransfer transfer, Uri mirror, FashionMnistFile file, string target, CancellationToken cancellation)
    {
        string part = target + ".part";
        bool allFromHere = false;
        // A process that was ended before it could give the name leaves a part file as long as the whole.
        if (!File.Exists(part) || new FileInfo(part).Length < file.GzipLength)
        {
            allFromHere = await transfer.RunAsync(new Uri(mirror, file.GzipName), file, part, cancellation);
        }
        if (Hash(part) != file.GzipSha256)
        {
            File.Delete(part);
            throw new MirrorException("sent other bytes than the published ones", final: allFromHere);
        }
        File.Move(part, target, overwrite: true);
    }

    private static string Hash(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    private DataException Failure(FashionMnistFile file, Dictionary<Uri, MirrorException> failures)
    {
        IEnumerable<string> tried = mirrors.Select(mirror =>
            $"{mirror.Authority}: {failures.GetValueOrDefault(mirror)?.Message ?? "does not answer in time"}");
        return new DataException(
            $"{file.GzipName}: cannot be downloaded ({string.Join("; ", tried)}); {Mend}", failures.Values.FirstOrDefault());
    }
}
