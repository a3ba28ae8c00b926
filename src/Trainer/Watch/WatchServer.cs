using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Trainer.Failures;

namespace Trainer.Watch;

/// <summary>Shows the runs below a folder to a browser on this machine: it listens on 127.0.0.1 alone, changes nothing, and answers
/// nobody but its own page.</summary>
internal sealed class WatchServer : IAsyncDisposable
{
    private const int LongestRequestLine = 4096;
    private const int MostConnections = 64;
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly WebApplication _application;
    private readonly WatchedFolder _folder;
    private readonly IReadOnlyDictionary<string, Reply> _assets = WatchAssets.Load();
    private SameSite _site = new(0);

    private WatchServer(WebApplication application, string root)
    {
        _application = application;
        _folder = new WatchedFolder(root);
        application.Run(AnswerAsync);
    }

    /// <summary>Where the page is.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Begins to listen.</summary>
    /// <param name="root">The folder to show; it need not be there yet.</param>
    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <exception cref="RunFailedException">The port cannot be had.</exception>
    public static async Task<WatchServer> StartAsync(string root, int port, CancellationToken cancellation)
    {
        // Empty: no settings from files or the environment could make it listen elsewhere, and no log goes to the terminal.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, OurLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => Configure(options, port));
        var server = new WatchServer(builder.Build(), root);
        try
        {
            await server._application.StartAsync(cancellation);
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            await server.DisposeAsync();
            string why = failure is AddressInUseException || failure.InnerException is AddressInUseException ? "is taken" : $"cannot be had ({failure.Message})";
            throw new RunFailedException($"--port {port}: {why}; choose another, or 0 for any that is free", failure);
        }
        string bound = server._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.Address = new Uri(bound + "/");
        server._site = new SameSite(server.Address.Port);
        return server;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void Configure(KestrelServerOptions options, int port)
    {
        options.AddServerHeader = false;
        options.Limits.MaxRequestLineSize = LongestRequestLine;
        options.Limits.MaxRequestBodySize = 0;
        options.Limits.MaxConcurrentConnections = MostConnections;
        options.Listen(IPAddress.Loopback, port, endpoint => endpoint.Protocols = HttpProtocols.Http1);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (_site.Refusal(context.Request) is { } refusal)
        {
            response.StatusCode = refusal;
            return;
        }
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
        {
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            response.Headers.Allow = "GET, HEAD";
            return;
        }
        if (Find(context.Request) is not { } reply)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        response.Headers.ETag = reply.Mark;
        if (context.Request.Headers.IfNoneMatch.Contains(reply.Mark))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = reply.ContentType;
        response.ContentLength = reply.Body.Length;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await response.Body.WriteAsync(reply.Body, context.RequestAborted);
        }
    }

    private Reply? Find(HttpRequest request) => request.Path.Value switch
    {
        "/api/runs" => _folder.List(),
        "/api/curves" => request.Query["run"] is [{ } id] ? _folder.Curves(id) : null,
        { } path => _assets.GetValueOrDefault(path),
        null => null,
    };

    /// <summary>Signals are the program's (<see cref="Terminal.Interrupt"/>), not the host's.</summary>
    private sealed class OurLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
