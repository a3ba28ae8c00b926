using Trainer.Data;
using Trainer.Sweeps;

namespace Trainer.Terminal;

/// <summary>What a sweep says on the terminal before and after its cells.</summary>
/// <param name="shell">Where to.</param>
/// <param name="options">What was asked for.</param>
internal sealed class SweepReport(Shell shell, SweepOptions options)
{
    // A screen or two; the index has all of them.
    private const int MostRows = 100;

    private bool IsRounded => shell.IsTerminal && shell.Console.Profile.Capabilities.Unicode;

    // A file has no edge, and what is cut there is lost.
    private int Width => shell.IsTerminal ? shell.Console.Profile.Width : int.MaxValue;

    /// <summary>Shows the cells while they run.</summary>
    public ISweepDisplay Display() => options.Json ? new JsonSweepDisplay(shell.Output)
        : shell.IsTerminal ? new LiveSweepDisplay(shell.Console)
        : new PlainSweepDisplay(shell.Output);

    /// <summary>Says what is about to be run.</summary>
    public void Begin(IReadOnlyList<CellRun> cells)
    {
        if (options.Json)
        {
            return;
        }
        int settings = cells.DistinctBy(cell => cell.Cell.Group).Count();
        string count = options.File.Halving is { } halving
            ? FormattableString.Invariant($"{settings} settings x {Seeds(cells.Count / settings)}, halved over rungs of {string.Join(", ", halving.Rungs)} epochs")
            : SweepTable.Cells(cells.Count);
        Write($"{options.File.Name ?? "side by side"}: {count}; data: {DataSets(cells)}");
        TellWhereAllGoOn(settings);
    }

    private static string Seeds(int count) => count == 1 ? "1 seed" : FormattableString.Invariant($"{count} seeds");

    /// <summary>Few settings, or rungs that lie close together, halve nothing.</summary>
    private void TellWhereAllGoOn(int settings)
    {
        for (int rung = 0; rung + 1 < options.File.Halving?.Rungs.Count; rung++)
        {
            (int epochs, int next) = (options.File.Halving.Rungs[rung], options.File.Halving.Rungs[rung + 1]);
            int survivors = options.File.Halving.Survivors(settings, rung);
            if (survivors == settings && settings > 1)
            {
                Write(FormattableString.Invariant($"note: all {settings} settings go on from {epochs} to {next} epochs: {epochs}/{next} of them, rounded up; a longer next rung leaves some behind"));
            }
            settings = survivors;
        }
    }

    /// <summary>The setting that came through, of a halving that came to its end.</summary>
    private void TellBest(IReadOnlyList<CellRun> cells)
    {
        CellRun[] last = [.. cells.Where(cell => cell.Cell.Rung == options.File.Halving?.Rungs.Count)];
        if (last.Any(cell => cell.Result.IsOpen) || Halving.Ranked(last).FirstOrDefault() is not { Cells: { } best } first)
        {
            return;
        }
        Write(FormattableString.Invariant(
            $"best:     {SweepTable.Settings(best[0].Cell)}: mean validation accuracy {EpochTable.Accuracy(first.Mean)} after {best[0].Experiment.Epochs} epochs, {Seeds(best.Count)}"));
    }

    /// <summary>Lists cells with their states and folders.</summary>
    public void List(IReadOnlyList<CellRun> cells)
    {
        if (options.Json)
        {
            var json = new JsonSweepDisplay(shell.Output);
            foreach (CellRun cell in cells)
            {
                json.Write(cell, cell.Result);
            }
            return;
        }
        foreach (CellRun cell in cells)
        {
            Write(FormattableString.Invariant($"{cell.Cell}: {SweepTable.Word(cell.Result.State)}; {cell.Folder.Path}"));
        }
        Write(SweepTable.Counts(cells) + LaterRungs());
    }

    /// <summary>Lists cells whose folders are not known before the data set is.</summary>
    public void List(IReadOnlyList<SweepCell> cells)
    {
        foreach (SweepCell cell in cells)
        {
            Write(cell.ToString());
        }
        Write($"{SweepTable.Cells(cells.Count)}{LaterRungs()}; Fashion-MNIST is not on this machine yet, and folders depend on it ('trainer data get')");
    }

    /// <summary>The closing table, and where everything lies.</summary>
    public void End(IReadOnlyList<CellRun> cells, SweepFolder? folder)
    {
        if (options.Json)
        {
            return;
        }
        Write("");
        foreach (IGrouping<int, CellRun> rung in cells.GroupBy(cell => cell.Cell.Rung).Where(rung => rung.Count() <= MostRows))
        {
            foreach (string line in SweepTable.Lines([.. rung], Width, IsRounded))
            {
                Write(line);
            }
        }
        foreach (CellRun cell in cells.Where(cell => cell.Result.HasGivenUp))
        {
            Write($"{cell.Cell}: {SweepTable.Ending(cell)}");
        }
        Write(SweepTable.Counts(cells));
        if (cells.Any(cell => cell.Result.HasGivenUp && cell.IsSkipped))
        {
            Write("those that failed or diverged before were left alone (--retry runs them again)");
        }
        if (cells.Any(cell => cell.Result.IsOpen))
        {
            Write("interrupted; what is done is kept, and the same command goes on");
        }
        TellBest(cells);
        Write($"data set: {DataSets(cells)}");
        Write($"runs:     {string.Join(", ", cells.Select(cell => Path.GetDirectoryName(cell.Folder.Path)).Distinct())}");
        if (folder is not null)
        {
            Write($"index:    {folder.Index}");
        }
    }

    private static string DataSets(IReadOnlyList<CellRun> cells) =>
        string.Join(", ", cells.Select(cell => cell.Images.Name).Distinct().Select(name => name == EmbeddedGarments.Name ? $"{name} (NOT Fashion-MNIST)" : name));

    private string LaterRungs()
    {
        if (options.File.Halving is not { } halving)
        {
            return "";
        }
        return $" in the first rung; the best go on with {string.Join(", then ", halving.Rungs.Skip(1))} epochs";
    }

    private void Write(string line)
    {
        shell.Output.WriteLine(line);
        shell.Output.Flush();
    }
}
