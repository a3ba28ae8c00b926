using System.Text;

namespace Trainer.Terminal;

/// <summary>
/// A stream to people that may fail (a log on a full disk, a terminal that was closed, a standard stream that never was open)
/// without ending what goes on behind it: what it does not take is lost, and the first reason is kept.
/// </summary>
/// <param name="inner">Where to.</param>
internal sealed class SteadyWriter(TextWriter inner) : TextWriter
{
    /// <summary>Why something was lost; null while nothing was.</summary>
    public Exception? Loss { get; private set; }

    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write($"{value}{CoreNewLine.AsSpan()}");

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (Loss is not null)
        {
            // The rest would have no beginning.
            return;
        }
        try
        {
            inner.Write(buffer);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Loss = failure;
        }
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Loss ??= failure;
        }
    }
}
