using System.Globalization;
using System.Text;

namespace Trainer.Storage;

/// <summary>
/// Who holds a <see cref="FileLock"/>, as its file says: for people, and for the holder to know its own file by. It holds nobody
/// back: after a crash it is still there, and another process may have the number by then.
/// </summary>
/// <param name="Process">The number of the process.</param>
/// <param name="Host">The machine's name.</param>
/// <param name="Since">When it took the lock.</param>
/// <param name="Token">A random number, which no other holder has.</param>
internal sealed record LockHolder(int Process, string Host, DateTimeOffset Since, Guid Token)
{
    /// <summary>More bytes than any text of a holder has.</summary>
    public const int MostBytes = 512;

    private const int LongestHost = 255;
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>This process, now.</summary>
    public static LockHolder OfThisProcess() =>
        new(Environment.ProcessId, Plain(Environment.MachineName), DateTimeOffset.UtcNow, Guid.NewGuid());

    /// <summary>The line of the file.</summary>
    public byte[] ToBytes() => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"process {Process} on {Host} since {Since.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)} {Token:N}\n"));

    /// <summary>Reads the line; null where it is anything else.</summary>
    public static LockHolder? TryParse(ReadOnlySpan<byte> text)
    {
        string[] words = Encoding.ASCII.GetString(text).TrimEnd('\n').Split(' ');
        return words is ["process", var process, "on", var host, "since", var since, var token]
            && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && host.Length > 0 && host == Plain(host)
            && DateTimeOffset.TryParseExact(since, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            && Guid.TryParseExact(token, "N", out Guid guid)
            ? new LockHolder(number, host, time, guid)
            : null;
    }

    /// <summary>"process 4711 on nodex since 12:31", with the day where that is not today.</summary>
    public string Describe(DateTimeOffset now)
    {
        DateTimeOffset since = TimeZoneInfo.ConvertTime(Since, TimeZoneInfo.Local);
        string format = since.Date == TimeZoneInfo.ConvertTime(now, TimeZoneInfo.Local).Date ? "HH:mm" : "yyyy-MM-dd HH:mm";
        return string.Create(CultureInfo.InvariantCulture, $"process {Process} on {Host} since {since.ToString(format, CultureInfo.InvariantCulture)}");
    }

    private static string Plain(string host) => string.Concat(
        host.Take(LongestHost).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' ? c : '_'));
}
