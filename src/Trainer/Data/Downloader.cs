using System.Net.Http.Headers;
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
/// <param name="transport">What carries requests; null is the network. It must follow no redirection.</param>
internal sealed class Downloader(
    IReadOnlyList<Uri> mirrors, FashionMnistFiles files, DownloadPatience patience, Func<HttpMessageHandler>? transport = null)
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

    /// <summary>The same for somebody who asked for the download, and has more patience.</summary>
    /// <param name="others">Mirrors to ask instead; null leaves those there are.</param>
    public Downloader Asked(IReadOnlyList<Uri>? others = null) => new(others ?? mirrors, files, patience.Longer, transport);

    /// <summary>Fetches those of the files that <paramref name="folder"/> does not have yet.</summary>
    /// <param name="folder">Is created where it is missing.</param>
    /// <param name="progress">Told of each file's bytes as they arrive, from whichever thread received them.</param>
    /// <param name="notice">Told, in a line, that another process's download is waited for.</param>
    /// <param name="cancellation">Ends the transfer; what has arrived is kept for the next one.</param>
    /// <returns>The names of the files that were fetched now; none when all were there.</returns>
    /// <exception cref="DataException">No mirror delivers, the folder cannot be written to, or a file under one of the
    /// names is not the official one.</exception>
    public async Task<IReadOnlyList<string>> DownloadAsync(
        string folder,
        IProgress<DownloadProgress>? progress = null,
        Action<string>? notice = null,
        CancellationToken cancellation = default)
    {
        if (Missing(folder).Count == 0)
        {
            return [];
        }
        Create(folder);
        using var time = new DownloadTime(patience, cancellation);
        using FolderLock folderLock = await LockAsync(folder, time, notice, cancellation);
        // Whoever held the lock before may have fetched them meanwhile.
        IReadOnlyList<FashionMnistFile> missing = Missing(folder);
        using HttpClient client = Client();
        time.StartReaching();
        var transfer = new MirrorTransfer(client, patience, time.Reached, progress);
        foreach (FashionMnistFile file in missing)
        {
            await FetchAsync(transfer, time, file, Path.Combine(folder, file.GzipName), cancellation);
        }
        folderLock.Done = true;
        return [.. missing.Select(file => file.GzipName)];
    }

    private async Task<FolderLock> LockAsync(
        string folder, DownloadTime time, Action<string>? notice, CancellationToken cancellation)
    {
        try
        {
            return await FolderLock.AcquireAsync(folder, patience, patience.LongestSilence(mirrors.Count),
                () => notice?.Invoke($"another process is fetching into {folder}; waiting for it"), time.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new DataException($"{folder}: another process is still fetching into it{time.Verdict}; {Mend}");
        }
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
                $"{folder}: cannot be created ({FolderFault.Words(folder, failure)}); {UserCache.Mend}", failure);
        }
    }

    private HttpClient Client()
    {
        var client = new HttpClient(transport?.Invoke() ?? new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // What a mirror sends too much is not waited for.
            MaxResponseDrainSize = 0,
            // A proxy is there for the network; a mirror on this machine is not behind it.
            UseProxy = !mirrors.All(mirror => mirror.IsLoopback),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("trainer", null));
        return client;
    }

    private async Task FetchAsync(
        MirrorTransfer transfer, DownloadTime time, FashionMnistFile file, string target, CancellationToken cancellation)
    {
        var fetch = new FileFetch(mirrors, transfer, patience, time);
        try
        {
            if (await fetch.RunAsync(file, target))
            {
                return;
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The time is over; the failures until now say the rest.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What has arrived stays: with room again, the next attempt goes on from there.
            throw new DataException($"{target}: cannot be written ({failure.Message}); "
                + $"make room, or {UserCache.Mend}", failure);
        }
        throw new DataException(
            $"{file.GzipName}: cannot be downloaded ({string.Join("; ", fetch.Tried)}{time.Verdict}); {Mend}", fetch.Failure);
    }
}
