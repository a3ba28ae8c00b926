using System.Text;
using Trainer.Failures;
using Trainer.Results;

namespace Trainer.TensorBoard;

/// <summary>An event, read back from a file: what <see cref="EventMessage"/> writes of it.</summary>
/// <param name="Step">Its step; 0 where the event has none.</param>
/// <param name="IsVersion">Whether it is the event that every file begins with.</param>
/// <param name="Values">The values, by their tags.</param>
internal sealed record RecordedEvent(long Step, bool IsVersion, IReadOnlyDictionary<string, float> Values)
{
    private const int RecordHead = 12;
    private const int RecordTail = 4;

    /// <summary>All events of a file; null where a record is cut off, has a wrong checksum or holds no event.</summary>
    /// <exception cref="RunFailedException">The file cannot be read.</exception>
    public static IReadOnlyList<RecordedEvent>? ReadFile(string path)
    {
        try
        {
            return Read(RecordedFile.ReadBytes(path, RecordedFile.LongestTable));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>The same from its bytes.</summary>
    public static IReadOnlyList<RecordedEvent>? Read(ReadOnlySpan<byte> bytes)
    {
        var events = new List<RecordedEvent>();
        while (bytes.Length > 0)
        {
            if (EventRecord.FirstLength(bytes) is not { } length || Event(bytes[RecordHead..(length - RecordTail)]) is not { } read)
            {
                return null;
            }
            events.Add(read);
            bytes = bytes[length..];
        }
        return events;
    }

    private static RecordedEvent? Event(ReadOnlySpan<byte> message)
    {
        (long step, bool isVersion) = (0, false);
        var values = new Dictionary<string, float>(StringComparer.Ordinal);
        while (message.Length > 0)
        {
            if (ProtobufField.TryRead(ref message) is not { } field)
            {
                return null;
            }
            switch (field.Number)
            {
                case EventMessage.Step:
                    step = (long)field.Integer;
                    break;
                case EventMessage.FileVersion:
                    isVersion = true;
                    break;
                case EventMessage.Summary when !ReadSummary(field.BytesOf(), values):
                    return null;
            }
        }
        return new RecordedEvent(step, isVersion, values);
    }

    private static bool ReadSummary(ReadOnlySpan<byte> summary, Dictionary<string, float> values)
    {
        while (summary.Length > 0)
        {
            if (ProtobufField.TryRead(ref summary) is not { Number: EventMessage.SummaryValue } value)
            {
                return false;
            }
            (string? tag, float? point) = (null, null);
            for (ReadOnlySpan<byte> rest = value.BytesOf(); rest.Length > 0;)
            {
                if (ProtobufField.TryRead(ref rest) is not { } part)
                {
                    return false;
                }
                tag = part.Number == EventMessage.ValueTag ? Encoding.UTF8.GetString(part.BytesOf()) : tag;
                point = part.Number == EventMessage.ValueSimple ? BitConverter.UInt32BitsToSingle((uint)part.Integer) : point;
            }
            if (tag is null || point is null || !values.TryAdd(tag, point.Value))
            {
                return false;
            }
        }
        return true;
    }
}
