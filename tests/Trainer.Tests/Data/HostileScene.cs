using Trainer.Data;

namespace Trainer.Tests.Data;

/// <summary>A way in which a mirror fails, and what is to be made of it.</summary>
/// <param name="Name">For people.</param>
/// <param name="Line">What the program says of the mirror.</param>
/// <param name="Asked">How often the mirror is asked for the first file before it is given up, when nobody else has it;
/// null where the runtime asks again by itself, as after a connection that was closed too early.</param>
/// <param name="Reply">What it answers; null says nothing.</param>
internal sealed record HostileScene(string Name, string Line, int? Asked, Func<HostileScene.Stage, MirrorReply?> Reply)
{
    private static readonly DownloadPatience Shipped = new();

    /// <summary>How much time passes with each piece that arrives at the program, the head of the answer being the first.</summary>
    public TimeSpan PerPiece { get; init; }

    /// <summary>What a scene plays on.</summary>
    /// <param name="Request">What is asked for.</param>
    /// <param name="File">The right answer's bytes.</param>
    /// <param name="Clock">The program's.</param>
    /// <param name="Arrived">Given once for each piece that has arrived at the program.</param>
    internal sealed record Stage(MirrorRequest Request, byte[] File, ManualClock Clock, SemaphoreSlim Arrived)
    {
        public MirrorReply Whole => MirrorReply.Whole(File);

        public MirrorReply Asked => MirrorReply.Asked(File, Request);
    }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostileScene> All { get; } =
    [
        new("breaks off at once", "broke off", 4, stage => stage.Whole with { SendOnly = 0 }),
        new("breaks off half-way each time, and ignores the range", "broke off at", 4, stage => stage.Whole with { SendOnly = stage.File.Length / 2 }),
        new("closes without a word", "closes the connection without an answer", null, _ => new MirrorReply("", []) { Raw = true }),
        new("takes the connection and says nothing", "does not answer, or has stopped sending", 2, stage => Silent(stage)),
        new("says nothing behind the head", "does not answer, or has stopped sending", 4, stage => stage.Whole with { SendOnly = 0, ThenStall = true })
        {
            PerPiece = Shipped.Stall,
        },
        new("sends a byte a second", "does not answer, or has stopped sending", 4,
            stage => stage.Asked with { Piece = 1, Pace = () => stage.Arrived.WaitAsync() })
        {
            PerPiece = TimeSpan.FromSeconds(1),
        },
        new("redirects to itself", "redirects more than 5 times, in circles perhaps", 6,
            stage => Redirect(stage, stage.Request.File)),
        new("redirects to another scheme", "redirects to ftp://example.invalid, which is not https", 1,
            stage => Redirect(stage, "ftp://example.invalid/x")),
        new("redirects to nowhere", "answers 302 Found", 1, _ => MirrorReply.Error("302 Found")),
        new("redirects into a void", "answers 302 Found", 1, stage => Redirect(stage, "http://")),
        new("announces more than the file", "offers 9000001 bytes where the file has ", 1,
            stage => stage.Whole with { AnnounceLength = false, Headers = ["Content-Length: 9000001"], ThenStall = true }),
        new("announces less than the file", "offers 17 bytes where the file has ", 1,
            stage => stage.Whole with { AnnounceLength = false, Headers = ["Content-Length: 17"] }),
        new("announces a length that is none", "", 4,
            stage => stage.Whole with { AnnounceLength = false, Headers = ["Content-Length: -5"], SendOnly = 10 }),
        new("announces no length, and sends less", "broke off at 100 of", 4,
            stage => stage.Whole with { AnnounceLength = false, SendOnly = 100 }),
        new("announces no length, and sends more", "sends more than the file's", 1,
            stage => MirrorReply.Whole([.. stage.File, .. new byte[100_000]]) with { AnnounceLength = false }),
        new("sends without end", "sends more than the file's", 1, stage => stage.Whole with { AnnounceLength = false, Endless = true }),
        new("sends without end in chunks", "sends more than the file's", 1, stage => stage.Whole with { Chunked = true, Endless = true, Piece = 70_000 }),
        new("breaks off within a chunk", "broke off", 4, stage => stage.Whole with { Chunked = true, SendOnly = 1000 }),
        new("sends other bytes of the right length", "sent other bytes than the published ones", 1,
            stage => MirrorReply.Whole(IdxBytes.Flip(stage.File, 8 * 30))),
        new("sends other bytes in chunks", "sent other bytes than the published ones", 1,
            stage => MirrorReply.Whole(new byte[stage.File.Length]) with { Chunked = true }),
        new("sends a web page", "offers 43 bytes where the file has ", 1,
            _ => MirrorReply.Whole("<!DOCTYPE html><title>Please log in</title>"u8.ToArray())),
        new("packs the file once more", "(Content-Encoding: gzip)", 1,
            stage => MirrorReply.Whole(IdxBytes.Gzip(stage.File)) with { Headers = ["Content-Encoding: gzip"] }),
        new("answers a range that nobody asked for", "answers with another range than it was asked for", 1,
            stage => new MirrorReply("206 Partial Content", stage.File) { ContentRange = $"bytes 5-{stage.File.Length - 1}/{stage.File.Length}" }),
        new("answers a head without end", "answers with a head that is too long", 2, stage => stage.Whole with { Headers = [$"X: {new string('x', 1 << 20)}"] }),
        new("answers 403", "answers 403 Forbidden", 1, _ => MirrorReply.Error("403 Forbidden")),
        new("answers 404", "answers 404 Not Found", 1, _ => MirrorReply.Error("404 Not Found")),
        new("answers 410", "answers 410 Gone", 1, _ => MirrorReply.Error("410 Gone")),
        new("answers 416 to everything", "answers with another range than it was asked for", 1, _ => MirrorReply.Error("416 Range Not Satisfiable")),
        new("answers 429", "answers 429 Too Many Requests", 4, _ => MirrorReply.Error("429 Too Many Requests")),
        new("answers 429 for two seconds", "answers 429 Too Many Requests, and asks to be left alone for 2 s", 4,
            _ => MirrorReply.Error("429 Too Many Requests") with { Headers = ["Retry-After: 2"] }),
        new("answers 500", "answers 500 Internal Server Error", 4, _ => MirrorReply.Error("500 Internal Server Error")),
        new("answers 503", "answers 503 Service Unavailable", 4, _ => MirrorReply.Error("503 Service Unavailable")),
        new("answers 503 until a date", "and asks to be left alone for 3 s", 3, _ => MirrorReply.Error("503 Service Unavailable") with
        {
            Headers = ["Date: Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After: Sun, 06 Nov 1994 08:49:40 GMT"],
        }),
        new("answers 503 until a date that is past", "answers 503 Service Unavailable", 4, _ => MirrorReply.Error("503 Service Unavailable") with
        {
            Headers = ["Date: Sun, 06 Nov 1994 08:49:37 GMT", "Retry-After: Sun, 06 Nov 1994 08:00:00 GMT"],
        }),
        new("answers 503 for thirty years", "and asks to be left alone for 999999999 s", 1,
            _ => MirrorReply.Error("503 Service Unavailable") with { Headers = ["Retry-After: 999999999"] }),
        new("answers 503 for longer than there are numbers", "answers 503 Service Unavailable", 4,
            _ => MirrorReply.Error("503 Service Unavailable") with { Headers = ["Retry-After: 99999999999999999999"] }),
        new("answers a status that does not exist", "answers 999 Whatever", 4, _ => MirrorReply.Error("999 Whatever")),
        new("answers no HTTP", "answers no HTTP", 2, _ => new MirrorReply("", "SSH-2.0-x\r\n"u8.ToArray()) { Raw = true }),
    ];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static MirrorReply? Silent(Stage stage)
    {
        stage.Clock.Advance(Shipped.Answer);
        return null;
    }

    private static MirrorReply Redirect(Stage stage, string to) =>
        stage.Whole with { Status = "302 Found", Headers = [$"Location: {to}"] };
}
