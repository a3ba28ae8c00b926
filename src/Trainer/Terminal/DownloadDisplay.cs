using System.Diagnostics;
using System.Globalization;
using Trainer.Data;

namespace Trainer.Terminal;

/// <summary>Shows a download: a moving line on a terminal, elsewhere one line a file.</summary>
/// <param name="shell">Where to; progress goes beside the output, to the error stream.</param>
internal sealed class DownloadDisplay(Shell shell) : IProgress<DownloadProgress>
{
    private const double BytesPerMegabyte = 1e6;
    private const int BarWidth = 30;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    private readonly Lock _lock = new();
    private long? _last;

    /// <inheritdoc/>
    public void Report(DownloadProgress value)
    {
        lock (_lock)
        {
            bool done = value.Received >= value.Total;
            if (!done && (!shell.ErrorIsTerminal || (_last is { } last && Stopwatch.GetElapsedTime(last) < Interval)))
            {
                return;
            }
            _last = Stopwatch.GetTimestamp();
            string amount = string.Create(
                CultureInfo.InvariantCulture,
                $"{value.File}  {value.Received / BytesPerMegabyte:F1} of {value.Total / BytesPerMegabyte:F1} MB");
            if (!shell.ErrorIsTerminal)
            {
                shell.Error.WriteLine(amount);
                return;
            }
            int filled = value.Total > 0 ? (int)(BarWidth * value.Received / value.Total) : 0;
            string bar = new string('#', filled) + new string('.', BarWidth - filled);
            shell.Error.Write($"\r\u001b[2K{bar}  {amount}{(done ? Environment.NewLine : "")}");
        }
    }
}
