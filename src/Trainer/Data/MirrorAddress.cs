using Trainer.Failures;

namespace Trainer.Data;

/// <summary>Mirrors as somebody names them.</summary>
internal static class MirrorAddress
{
    /// <summary>Reads addresses of folders on the web.</summary>
    /// <param name="texts">As given; a slash at the end may be missing.</param>
    /// <param name="allowHttp">Whether one without encryption will do.</param>
    /// <returns>Them; null where there are none.</returns>
    /// <exception cref="ConfigException">One is no such address, or not encrypted.</exception>
    public static IReadOnlyList<Uri>? Read(IReadOnlyList<string> texts, bool allowHttp) =>
        texts.Count == 0 ? null : [.. texts.Select(text => Read(text, allowHttp))];

    private static Uri Read(string text, bool allowHttp)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
            || address.Query.Length > 0
            || address.Fragment.Length > 0)
        {
            throw new ConfigException($"--mirror {text}: is no address of a folder on the web, as https://example.org/data/");
        }
        if (address.Scheme == Uri.UriSchemeHttp && !allowHttp)
        {
            throw new ConfigException($"--mirror {text}: is not encrypted; take an https address, or add --allow-http");
        }
        // Without the slash a file's name would take the place of the folder's.
        return address.AbsolutePath.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
    }
}
