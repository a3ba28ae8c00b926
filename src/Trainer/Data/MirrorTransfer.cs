using System.Net;
using System.Net.Http.Headers;

namespace Trainer.Data;

/// <summary>
/// Requests to mirrors, each for the bytes of one file that the part file beside its final place still lacks.
/// </summary>
/// <remarks>A part file is only ever appended to, or deleted and made anew, never cut: should two processes hold it after
/// all, on a file system without locks, both write the same bytes to the same places.</remarks>
/// <param name="client">Makes the request.</param>
/// <param name="patience">How long to wait for an answer, and for the next bytes of it.</param>
/// <param name="reached">Called once the mirror has begun to answer with the file.</param>
/// <param name="progress">Told of all bytes on disk.</param>
internal sealed class MirrorTransfer(
    HttpClient client, DownloadPatience patience, Action reached, IProgress<DownloadProgress>? progress)
{
    private const int BufferSize = 1 << 17;

    /// <summary>Whether any mirror has answered anything yet, be it a refusal: there is a network then.</summary>
    public bool Answered { get; private set; }

    /// <summary>Appends to the file at <paramref name="part"/> until it is as long as <paramref name="file"/> should be.</summary>
    /// <returns>Whether every byte of it came from this mirror.</returns>
    /// <exception cref="MirrorException">The mirror refuses, sends something else, breaks off or stalls.</exception>
    /// <exception cref="IOException">The disk does not take the bytes.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was asked for.</exception>
    public async Task<bool> RunAsync(Uri address, FashionMnistFile file, string part, CancellationToken cancellation)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            long present = File.Exists(part) ? new FileInfo(part).Length : 0;
            timer.CancelAfter(patience.Answer);
            using HttpResponseMessage response = await AskAsync(address, present, timer.Token);
            Answered = true;
            bool resumed = Resumes(response, present, file.GzipLength, part);
            reached();
            if (!resumed)
            {
                File.Delete(part);
            }
            await AppendAsync(response, file, part, timer);
            return !resumed;
        }
        catch (OperationCanceledException failure) when (!cancellation.IsCancellationRequested)
        {
            throw new MirrorException("does not answer, or has stopped sending", final: false, failure);
        }
        catch (HttpRequestException failure)
        {
            throw new MirrorException(failure.GetBaseException().Message, final: false, failure);
        }
    }

    private async Task<HttpResponseMessage> AskAsync(Uri address, long present, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (present > 0)
        {
            request.Headers.Range = new RangeHeaderValue(present, null);
        }
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    /// <summary>Whether the answer goes on where the part file ends (true) or starts over (false).</summary>
    private static bool Resumes(HttpResponseMessage response, long present, long length, string part)
    {
        HttpStatusCode status = response.StatusCode;
        if (status == HttpStatusCode.OK)
        {
            ThrowIfOtherLength(response.Content.Headers.ContentLength, length);
            return false;
        }
        ContentRangeHeaderValue? range = response.Content.Headers.ContentRange;
        if (status == HttpStatusCode.PartialContent && present > 0 && range?.From == present)
        {
            ThrowIfOtherLength(range.Length, length);
            return true;
        }
        if (status is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // It cannot go on from here: the next attempt starts over.
            File.Delete(part);
            throw new MirrorException("answers with another range than it was asked for", final: false);
        }
        bool mayPass = (int)status >= 500
            || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
        throw new MirrorException($"answers {(int)status} {response.ReasonPhrase}".TrimEnd(), final: !mayPass);
    }

    private static void ThrowIfOtherLength(long? offered, long length)
    {
        if (offered is not null && offered != length)
        {
            throw new MirrorException($"offers {offered} bytes where the file has {length}", final: true);
        }
    }

    private async Task AppendAsync(
        HttpResponseMessage response, FashionMnistFile file, string part, CancellationTokenSource timer)
    {
        await using Stream source = await response.Content.ReadAsStreamAsync(timer.Token);
        await using var target = new FileStream(part, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        byte[] buffer = new byte[BufferSize];
        long received = target.Position;
        while (true)
        {
            progress?.Report(new DownloadProgress(file.GzipName, received, file.GzipLength));
            timer.CancelAfter(patience.Stall);
            int read = await ReadAsync(source, buffer, timer.Token);
            if (read == 0)
            {
                break;
            }
            if (received + read > file.GzipLength)
            {
                throw new MirrorException($"sends more than the file's {file.GzipLength} bytes", final: true);
            }
            await target.WriteAsync(buffer.AsMemory(0, read), CancellationToken.None);
            received += read;
        }
        if (received < file.GzipLength)
        {
            throw new MirrorException($"broke off at {received} of {file.GzipLength} bytes", final: false);
        }
        target.Flush(flushToDisk: true);
    }

    /// <summary>Reads from the network; its failures are the mirror's, unlike those of the disk beside it.</summary>
    private static async Task<int> ReadAsync(Stream source, byte[] buffer, CancellationToken cancellation)
    {
        try
        {
            return await source.ReadAsync(buffer, cancellation);
        }
        catch (IOException failure)
        {
            throw new MirrorException($"broke off ({failure.GetBaseException().Message})", final: false, failure);
        }
    }
}
