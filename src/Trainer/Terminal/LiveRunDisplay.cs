using Spectre.Console;
using Trainer.Runs;

namespace Trainer.Terminal;

/// <summary>One line an epoch, the last of them alive: a bar while the epoch is trained, its numbers when it is done.</summary>
/// <param name="console">The terminal.</param>
/// <param name="hasValidation">Whether there is a validation split to show.</param>
/// <param name="epochs">All epochs.</param>
internal sealed class LiveRunDisplay(IAnsiConsole console, bool hasValidation, int epochs) : IRunObserver
{
    private const int MostBarWidth = 30;
    private const int TextWidth = 32;
    private const string ClearLine = "\r\u001b[2K";
    private readonly EpochTable _table = new(hasValidation, console.Profile.Width);
    private readonly RemainingTime _remaining = new(epochs);

    /// <inheritdoc/>
    public void OnProgress(RunProgress progress)
    {
        // A line that wrapped could not be rewritten.
        int width = Math.Clamp(console.Profile.Width - TextWidth, 0, MostBarWidth);
        int filled = (int)((long)width * progress.Step / progress.Steps);
        string bar = console.Profile.Capabilities.Unicode
            ? new string('━', filled) + "[grey]" + new string('━', width - filled) + "[/]"
            : new string('#', filled) + new string('.', width - filled);
        string what = progress.Step < progress.Steps ? $"step {progress.Step} of {progress.Steps}" : "measuring";
        Rewrite($"{progress.Epoch,6}  [green]{bar}[/]  {what}");
    }

    /// <inheritdoc/>
    public void OnTrace(RunTrace trace)
    {
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochRecord record, EpochTiming timing, ReadOnlySpan<float> network, bool isBest)
    {
        if (record.Epoch == 0)
        {
            console.MarkupLine($"[grey]{_table.Header.EscapeMarkup()}[/]");
        }
        string line = _table.Line(record, timing, _remaining.After(record.Epoch, timing.Training + timing.Evaluation));
        Rewrite(line.EscapeMarkup());
        console.WriteLine();
    }

    private void Rewrite(string markup)
    {
        console.Write(new ControlCode(ClearLine));
        console.Markup(markup);
    }
}
