using System.Net.Http.Headers;

namespace Trainer.Data;

/// <summary>
/// Requests to mirrors, each for the bytes of one file that the part file beside its final place still lacks.
/// </summary>
/// <remarks>A part file is only ever appended to, or deleted and made anew, never cut: should two processes hold it after
/// all, on a file system without locks, both write the same bytes to the same places.</remarks>
/// <param name="client">Makes the request; follows no redirection by itself.</param>
/// <param name="patience">How long to wait for an answer, and for the next bytes of it.</param>
/// <param name="reached">Called once the mirror has begun to answer with the file.</param>
/// <param name="progress">Told of all bytes on disk.</param>
internal sealed class MirrorTransfer(
    HttpClient client, DownloadPatience patience, Action reached, IProgress<DownloadProgress>? progress)
{
    private const int BufferSize = 1 << 17;
    private const int MostRedirections = 5;

    /// <summary>Whether any mirror has answered anything yet, be it a refusal: there is a network then.</summary>
    public bool Answered { get; private set; }

    /// <summary>Appends to the file at <paramref name="part"/> until it is as long as <paramref name="file"/> should be.</summary>
    /// <returns>Whether every byte of it came from this mirror.</returns>
    /// <exception cref="MirrorException">The mirror refuses, sends something else, breaks off or stalls.</exception>
    /// <exception cref="IOException">The disk does not take the bytes.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was asked for.</exception>
    public async Task<bool> RunAsync(Uri address, FashionMnistFile file, string part, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(patience.Answer, patience.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            long present = PartFile.Length(part);
            using HttpResponseMessage response = await AskAsync(address, present, either.Token);
            bool resumed = Resumes(response, present, file, part);
            reached();
            if (!resumed)
            {
                File.Delete(part);
            }
            await AppendAsync(response, file, part, timer, either.Token);
            return !resumed;
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new MirrorException("does not answer, or has stopped sending", final: false, failure);
        }
        catch (HttpRequestException failure)
        {
            throw new MirrorException(Words(failure), final: false, failure);
        }
    }

    /// <summary>Asks, and follows redirections: a few, and never from an encrypted connection to one that is not.</summary>
    private async Task<HttpResponseMessage> AskAsync(Uri address, long present, CancellationToken cancellation)
    {
        for (int redirections = 0; ; redirections++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            // The published file is packed already; packed once more it would be another one.
            request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
            request.Headers.Range = present > 0 ? new RangeHeaderValue(present, null) : null;
            HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            Answered = true;
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            {
                return response;
            }
            response.Dispose();
            var next = new Uri(address, location);
            if (next.Scheme != Uri.UriSchemeHttps && (next.Scheme != Uri.UriSchemeHttp || address.Scheme != Uri.UriSchemeHttp))
            {
                throw new MirrorException($"redirects to {next.Scheme}://{next.Authority}, which is not https", final: true);
            }
            if (redirections == MostRedirections)
            {
                throw new MirrorException($"redirects more than {MostRedirections} times, in circles perhaps", final: true);
            }
            address = next;
        }
    }

    private bool Resumes(HttpResponseMessage response, long present, FashionMnistFile file, string part)
    {
        bool startOver = false;
        try
        {
            return MirrorAnswer.Resumes(response, present, file.GzipLength, patience.LongestPause, out startOver);
        }
        finally
        {
            if (startOver)
            {
                File.Delete(part);
            }
        }
    }

    private async Task AppendAsync(
        HttpResponseMessage response, FashionMnistFile file, string part, CancellationTokenSource timer, CancellationToken either)
    {
        timer.CancelAfter(patience.Stall);
        await using Stream source = await response.Content.ReadAsStreamAsync(either);
        await using var target = new FileStream(part, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] buffer = new byte[BufferSize];
        long received = target.Position;
        long renewed = received;
        while (true)
        {
            progress?.Report(new DownloadProgress(file.GzipName, received, file.GzipLength));
            int read = await ReadAsync(source, buffer, either);
            if (read == 0)
            {
                break;
            }
            if (received + read > file.GzipLength)
            {
                // None of it is worth going on from.
                target.Close();
                File.Delete(part);
                throw new MirrorException($"sends more than the file's {file.GzipLength} bytes", final: true);
            }
            await target.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            received += read;
            if (received - renewed >= patience.LeastBytes)
            {
                renewed = received;
                timer.CancelAfter(patience.Stall);
            }
        }
        if (received < file.GzipLength)
        {
            throw new MirrorException($"broke off at {received} of {file.GzipLength} bytes", final: false);
        }
        target.Flush(flushToDisk: true);
    }

    /// <summary>Reads from the network. However a connection ends is its end: what counts is what has arrived by then. A failure
    /// of the disk beside it is another matter.</summary>
    private static async Task<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellation);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static string Words(HttpRequestException failure)
    {
        string message = failure.GetBaseException().Message;
        return failure.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => $"its name is not known here ({message})",
            HttpRequestError.ConnectionError => $"cannot be reached ({message})",
            HttpRequestError.SecureConnectionError => $"no encrypted connection ({message})",
            HttpRequestError.ResponseEnded => "closes the connection without an answer",
            HttpRequestError.InvalidResponse => $"answers no HTTP ({message})",
            HttpRequestError.ConfigurationLimitExceeded => "answers with a head that is too long",
            _ => message,
        };
    }
}
