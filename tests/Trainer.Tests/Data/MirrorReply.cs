namespace Trainer.Tests.Data;

/// <summary>What a <see cref="LocalMirror"/> answers.</summary>
/// <param name="Status">The status line behind "HTTP/1.1".</param>
/// <param name="Body">The body, whose length is announced.</param>
internal sealed record MirrorReply(string Status, byte[] Body)
{
    /// <summary>The value of the Content-Range header.</summary>
    public string? ContentRange { get; init; }

    /// <summary>How many bytes of the body are sent before the connection is closed.</summary>
    public int SendOnly { get; init; } = Body.Length;

    /// <summary>Whether the connection is then left open instead, without a further byte.</summary>
    public bool ThenStall { get; init; }

    /// <summary>Whether the length is announced; otherwise the end of the connection is the end of the body.</summary>
    public bool AnnounceLength { get; init; } = true;

    /// <summary>Further lines of the head.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];

    /// <summary>Whether the body is all that is sent, without a head.</summary>
    public bool Raw { get; init; }

    /// <summary>Whether the body comes in chunks, each with its length before it.</summary>
    public bool Chunked { get; init; }

    /// <summary>Whether the body is sent again and again until the client hangs up.</summary>
    public bool Endless { get; init; }

    /// <summary>How many bytes are sent at a time.</summary>
    public int Piece { get; init; } = int.MaxValue;

    /// <summary>What is waited for before each further piece.</summary>
    public Func<Task>? Pace { get; init; }

    public static MirrorReply Whole(byte[] file) => new("200 OK", file);

    public static MirrorReply Error(string status) => new(status, "sorry"u8.ToArray());

    /// <summary>The file, or the part of it that was asked for.</summary>
    public static MirrorReply Asked(byte[] file, MirrorRequest request) => request.From switch
    {
        null => Whole(file),
        { } from when from < file.Length => new("206 Partial Content", file[(int)from..])
        {
            ContentRange = $"bytes {from}-{file.Length - 1}/{file.Length}",
        },
        _ => Error("416 Range Not Satisfiable"),
    };
}
