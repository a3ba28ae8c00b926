using System.Text.Json;
using Trainer.Sweeps;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Sweeps;

/// <summary>Sweeps that have cells in common, at the same time.</summary>
public class SharedCellsTests
{
    [Fact]
    public async Task TwoSweepsOverTheSameCells_RunEachOfThemOnce_AndBothHaveAll()
    {
        using var trial = new SweepTrial();
        string[] sweeps =
        [
            trial.Program.Config("name: s\nbase: base.yaml\ngrid: {batch_size: [16, 32, 64]}\nseeds: 1-4\n", "s.yaml"),
            trial.Program.Config("name: t\nbase: base.yaml\ngrid: {batch_size: [64, 32, 16]}\nseeds: [4, 3, 2, 1]\n", "t.yaml"),
        ];
        ProgramOutcome[] outcomes = await Task.WhenAll(sweeps.Select(
            sweep => Task.Run(() => trial.Program.RunAsync("sweep", sweep, "--out", trial.Program.Results, "--json"))));
        Assert.All(outcomes, outcome => Assert.Equal((0, ""), (outcome.Status, outcome.Error)));
        JsonElement[] cells = [.. outcomes.SelectMany(outcome => outcome.Output.TrimEnd('\n').Split('\n')).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Equal(24, cells.Length);
        Assert.All(cells, cell => Assert.Equal("completed", cell.GetProperty("state").GetString()));
        string?[] run = [.. cells.Where(cell => !cell.GetProperty("skipped").GetBoolean()).Select(cell => cell.GetProperty("folder").GetString())];
        Assert.Equal((12, 12), (run.Length, run.Distinct().Count()));
        string[] numbers = [.. new[] { "s", "t" }.Select(name => string.Join('\n', File.ReadLines(SweepFolder.Of(trial.Program.Results, name).Index)
            .Skip(1).Select(line => line[(line.IndexOf(',') + 1)..]).Order(StringComparer.Ordinal)))];
        Assert.Equal(numbers[0], numbers[1]);
        Assert.Equal(12, numbers[0].Split('\n').Count(line => line.Contains(",completed,2,")));
    }
}
