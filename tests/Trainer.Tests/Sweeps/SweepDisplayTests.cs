using Spectre.Console;
using Trainer.Data;
using Trainer.Devices;
using Trainer.Engines;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Sweeps;
using Trainer.Terminal;

namespace Trainer.Tests.Sweeps;

/// <summary>The tables of sweeps.</summary>
public class SweepDisplayTests
{
    private const string LongSettings = "grid: {model.hidden: [[128, 64, 32, 16, 8, 4], [8]], optimizer.lr: [0.123456789, 0.1], data.validation: [10, 20]}\n";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Table_FitsInto80Columns_HoweverLongTheSettings(bool rounded)
    {
        string[] lines = [.. SweepTable.Lines(Cells(), 80, rounded)];
        Assert.All(lines, line => Assert.Equal(80, line.Length));
        Assert.Equal(4 + 8, lines.Length);
        Assert.Contains("trial hidden=[128, 64", lines[3]);
        Assert.Contains("val acc", lines[1]);
    }

    [Fact]
    public void LiveTable_ShowsTheCellsAtWork_AndCountsAll_AndLeavesNothingBehind()
    {
        using var output = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(output),
        });
        (console.Profile.Width, console.Profile.Height) = (80, 24);
        IReadOnlyList<CellRun> cells = Cells();
        var display = new LiveSweepDisplay(console);
        display.Show(() =>
        {
            display.Begin(cells);
            cells[2].Result = new CellResult(CellState.Running);
            cells[5].Result = new CellResult(CellState.Completed, new MetricsRow { Epoch = 2, Step = 10, ValAccuracy = 0.875 });
            display.Ended(cells[5]);
            display.Refresh();
        });
        string text = output.ToString();
        Assert.Contains("8 cells: 1 done, 1 running, 6 to do", text);
        Assert.Contains("87.50 %", text);
        string[] rows = [.. text.Split('\n').Where(line => line.Contains("trial "))];
        Assert.Equal(["6", "3"], rows.Select(row => row.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]).Distinct());
        Assert.EndsWith("\u001b[2K\u001b[?25h", text);
    }

    [Fact]
    public void CellThatIsInterrupted_HasTheEpochsThatAreRecorded_AndNoAccuracyOfAnUntrainedNetwork()
    {
        IReadOnlyList<CellRun> cells = Cells();
        cells[0].OnProgress(new RunProgress(1, 2, 3, 10));
        cells[0].Result = new CellResult(CellState.Running);
        Assert.Contains("|   1/2 |", SweepTable.Lines(cells, 120, rounded: false).ElementAt(3));
        cells[0].OnEpoch(new EpochRecord(0, 0, null, null, null, null, new Evaluation(2.3, 0.15), "0"), new EpochTiming(0, TimeSpan.Zero, TimeSpan.Zero), [], isBest: false);
        cells[0].OnProgress(new RunProgress(1, 2, 3, 10));
        cells[0].Result = new CellResult(CellState.Interrupted);
        string row = SweepTable.Lines(cells, 120, rounded: false).ElementAt(3);
        Assert.Contains("|   0/2 |", row);
        Assert.DoesNotContain("%", row);
    }

    private static IReadOnlyList<CellRun> Cells()
    {
        using var trial = new SweepTrial();
        DataSet images = EmbeddedGarments.Draw(30, 10);
        return [.. trial.Cells(LongSettings).Select(cell => new CellRun(cell, images, new DeviceChoice(DeviceName.Cpu, ""), "results"))];
    }
}
