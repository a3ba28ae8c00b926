using Microsoft.AspNetCore.Http;

namespace Trainer.Watch;

/// <summary>
/// Who may ask: this machine, by the server's own address. A page of another site that a browser shows can send requests here,
/// too; it gives itself away by its Host (a name that somebody pointed at 127.0.0.1), its Origin, or Sec-Fetch-Site.
/// </summary>
/// <param name="port">The port that the server listens on.</param>
internal sealed class SameSite(int port)
{
    private readonly string[] _hosts = [$"127.0.0.1:{port}", $"localhost:{port}"];

    /// <summary>The status to refuse with; null where the request may pass.</summary>
    public int? Refusal(HttpRequest request)
    {
        if (!_hosts.Contains(request.Host.Value, StringComparer.OrdinalIgnoreCase))
        {
            return StatusCodes.Status421MisdirectedRequest;
        }
        bool isOtherOrigin = request.Headers.Origin.Any(origin => !_hosts.Any(host => string.Equals(origin, $"http://{host}", StringComparison.OrdinalIgnoreCase)));
        // "none": typed into the address bar, or a bookmark.
        bool isOtherSite = request.Headers["Sec-Fetch-Site"].Any(site => site is not ("same-origin" or "none"));
        return isOtherOrigin || isOtherSite ? StatusCodes.Status403Forbidden : null;
    }
}
