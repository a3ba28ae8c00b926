namespace Trainer.TensorBoard;

/// <summary>
/// TensorFlow's message <c>Event</c>. A scalar is a <c>Summary.Value</c> with <c>simple_value</c>: the oldest form, which every version of
/// TensorBoard shows as a curve, and the one PyTorch writes.
/// </summary>
internal static class EventMessage
{
    // The numbers of the fields, from event.proto and summary.proto.
    private const int WallTime = 1;
    internal const int Step = 2;
    internal const int FileVersion = 3;
    internal const int Summary = 5;
    internal const int SummaryValue = 1;
    internal const int ValueTag = 1;
    internal const int ValueSimple = 2;

    /// <summary>The first event of every file.</summary>
    public static byte[] Version(DateTimeOffset time) => At(time).Text(FileVersion, "brain.Event:2").ToBytes();

    /// <summary>The values of one step.</summary>
    public static byte[] Scalars(DateTimeOffset time, long step, IEnumerable<ScalarValue> values)
    {
        var summary = new ProtobufMessage();
        foreach ((string tag, double value) in values)
        {
            summary.Message(SummaryValue, new ProtobufMessage().Text(ValueTag, tag).Binary32(ValueSimple, (float)value));
        }
        return At(time).Integer(Step, step).Message(Summary, summary).ToBytes();
    }

    private static ProtobufMessage At(DateTimeOffset time) =>
        new ProtobufMessage().Binary64(WallTime, (time - DateTimeOffset.UnixEpoch).TotalSeconds);
}
