using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Trainer.Results;
using Trainer.Tests.Catalogs;
using Trainer.Watch;

namespace Trainer.Tests.Watch;

/// <summary>Asks a server of <c>trainer watch</c> as its page does.</summary>
internal static class WatchClient
{
    /// <summary>Speaks HTTP with it.</summary>
    public static HttpClient Http { get; } = new(new HttpClientHandler { UseProxy = false });

    /// <summary>A server on any free port.</summary>
    public static Task<WatchServer> Start(string root) => WatchServer.StartAsync(root, 0, CancellationToken.None);

    /// <summary>What the server calls a run.</summary>
    public static string Id(WrittenRuns runs, RunFolder folder) => Path.GetRelativePath(runs.Root, folder.Path).Replace('\\', '/');

    /// <summary>A header of an answer.</summary>
    public static string Header(HttpResponseMessage response, string name) => string.Join(',', response.Headers.GetValues(name));

    /// <summary>The runs that it lists.</summary>
    public static async Task<JsonElement> ListedRuns(WatchServer server)
    {
        using var list = JsonDocument.Parse(await Http.GetStringAsync(new Uri(server.Address, "/api/runs")));
        return list.RootElement.GetProperty("runs").Clone();
    }

    /// <summary>The list as soon as it is what is awaited; the server looks twice a second.</summary>
    public static async Task<JsonElement> Until(WatchServer server, Func<JsonElement, bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            JsonElement list = await ListedRuns(server);
            if (isSo(list))
            {
                return list;
            }
            await Task.Delay(50, patience.Token);
        }
    }

    /// <summary>A request as it is written, without a client that mends it.</summary>
    public static async Task<string> Raw(WatchServer server, string request)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, server.Address.Port);
        await using NetworkStream stream = connection.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
