using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Trainer.Tests.Data;

/// <summary>A mirror on this machine that answers as a test wants it to, one connection for each request.</summary>
internal sealed class LocalMirror : IDisposable
{
    private readonly Func<MirrorRequest, MirrorReply?> _answer;
    private readonly CancellationTokenSource _closing = new();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    /// <summary>Starts to listen.</summary>
    /// <param name="answer">Gives the reply to each request; null accepts the connection and never says a word.</param>
    public LocalMirror(Func<MirrorRequest, MirrorReply?> answer)
    {
        _answer = answer;
        _listener.Start();
        Address = new Uri($"http://{_listener.LocalEndpoint}/data/");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>All requests in order.</summary>
    public ConcurrentQueue<MirrorRequest> Requests { get; } = new();

    /// <summary>An address at which nobody listens.</summary>
    public static Uri Nobody()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}/data/");
    }

    public void Dispose()
    {
        _closing.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_closing.Token));
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        using (connection)
        {
            try
            {
                NetworkStream stream = connection.GetStream();
                MirrorRequest request = await ReadRequestAsync(stream);
                Requests.Enqueue(request);
                if (_answer(request) is { } reply)
                {
                    await stream.WriteAsync(Encoding.ASCII.GetBytes(Head(reply)), _closing.Token);
                    do
                    {
                        await SendAsync(stream, reply);
                    }
                    while (reply.Endless);
                    if (!reply.ThenStall)
                    {
                        return;
                    }
                }
                await Task.Delay(Timeout.Infinite, _closing.Token);
            }
            catch (Exception end) when (end is OperationCanceledException or IOException or SocketException)
            {
                // The test is over, or the client has hung up.
            }
        }
    }

    private async Task SendAsync(NetworkStream stream, MirrorReply reply)
    {
        for (int sent = 0, piece; sent < reply.SendOnly; sent += piece)
        {
            if (sent > 0 && reply.Pace is not null)
            {
                await reply.Pace().WaitAsync(_closing.Token);
            }
            piece = Math.Min(reply.Piece, reply.SendOnly - sent);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(reply.Chunked ? $"{piece:x}\r\n" : ""), _closing.Token);
            await stream.WriteAsync(reply.Body.AsMemory(sent, piece), _closing.Token);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(reply.Chunked ? "\r\n" : ""), _closing.Token);
        }
        bool whole = reply.SendOnly == reply.Body.Length && !reply.Endless;
        await stream.WriteAsync(Encoding.ASCII.GetBytes(reply.Chunked && whole ? "0\r\n\r\n" : ""), _closing.Token);
    }

    private async Task<MirrorRequest> ReadRequestAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        string file = "";
        long? from = null;
        for (string? line; !string.IsNullOrEmpty(line = await reader.ReadLineAsync(_closing.Token));)
        {
            if (line.StartsWith("GET ", StringComparison.Ordinal))
            {
                file = line.Split(' ')[1].Split('/')[^1];
            }
            if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
            {
                from = long.Parse(line["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            }
        }
        return new MirrorRequest(file, from);
    }

    private static string Head(MirrorReply reply) =>
        reply.Raw ? "" : $"HTTP/1.1 {reply.Status}\r\nConnection: close\r\n"
        + (reply.Chunked ? "Transfer-Encoding: chunked\r\n" : "")
        + (reply.AnnounceLength && !reply.Chunked ? $"Content-Length: {reply.Body.Length}\r\n" : "")
        + (reply.ContentRange is null ? "" : $"Content-Range: {reply.ContentRange}\r\n")
        + string.Concat(reply.Headers.Select(line => line + "\r\n"))
        + "\r\n";
}
