using System.Security.Cryptography;
using System.Text;
using Trainer.Results;

namespace Trainer.Watch;

/// <summary>Something to send: its bytes, what they are, and a mark that changes with them.</summary>
/// <param name="ContentType">What they are.</param>
/// <param name="Body">The bytes.</param>
internal sealed record Reply(string ContentType, byte[] Body)
{
    private const int MarkBytes = 16;

    /// <summary>The entity tag.</summary>
    public string Mark { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(Body).AsSpan(0, MarkBytes))}\"";

    /// <summary>An object as JSON.</summary>
    public static Reply Json<T>(T value) => new("application/json; charset=utf-8", Encoding.UTF8.GetBytes(JsonText.Line(value)));
}
