using System.Text.Json.Serialization;
using Spectre.Console;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Sessions;

namespace Trainer.Terminal;

/// <summary>What a run says on the terminal before, during and after its epochs.</summary>
internal sealed class RunReport
{
    private readonly Shell _shell;
    private readonly bool _json;
    private readonly Experiment _experiment;
    private readonly DataSet _data;
    private readonly RunFolder _folder;

    public RunReport(Shell shell, bool json, Experiment experiment, DataSet data, RunFolder folder)
    {
        _shell = shell;
        _json = json;
        _experiment = experiment;
        _data = data;
        _folder = folder;
        bool hasValidation = experiment.Data.Validation > 0;
        Display = json ? new JsonRunDisplay(shell.Output)
            : shell.IsTerminal ? new LiveRunDisplay(shell.Console, hasValidation, experiment.Epochs)
            : new PlainRunDisplay(shell.Output, hasValidation, experiment.Epochs);
    }

    /// <summary>Shows the epochs.</summary>
    public IRunObserver Display { get; }

    /// <summary>Says what is about to be trained, on what and where.</summary>
    /// <param name="setup">What the engine was made for.</param>
    /// <param name="engine">What computes.</param>
    /// <param name="reason">Why there.</param>
    /// <param name="from">Where it goes on; null where it begins at the beginning.</param>
    public void Begin(TrainingSetup setup, string engine, string reason, Checkpoint? from)
    {
        if (_json)
        {
            return;
        }
        Write($"{_experiment.Name}: {ExperimentText.Of(_experiment)}, seed {_experiment.Seed}; {setup.Shape} has {setup.Shape.ParameterCount} parameters");
        Write($"data: {_data.Name} ({Origin()}), {setup.Data.Train.Count} train"
            + (setup.Data.Validation is { } validation ? $" + {validation.Count} validation" : "") + $" + {setup.Data.Test.Count} test");
        Write($"engine: {engine} ({reason})");
        Write($"folder: {_folder.Path}");
        if (_experiment.From is { } start)
        {
            Write($"from:   {start.Digest} ({start.Weights})");
        }
        if (from is not null)
        {
            Write($"goes on: from the checkpoint of {from.Place} (--force begins again)");
        }
        Write("");
    }

    /// <summary>Says that the run is there already.</summary>
    public void AlreadyDone(RunSummary summary)
    {
        if (_json)
        {
            WriteEnd(RunState.Completed, summary.Last, summary.BestByValidation, summary.Stopped, skipped: true);
            return;
        }
        Write($"{_experiment.Name}: already done, nothing to do (--force repeats it)");
        Stopped(summary.Stopped);
        Table(summary.Last, summary.BestByValidation);
        Places();
    }

    /// <summary>The closing table.</summary>
    public void Completed(RunOutcome outcome)
    {
        if (_json)
        {
            WriteEnd(RunState.Completed, outcome.Last, outcome.Best, outcome.Stopped);
            return;
        }
        Write("");
        Stopped(outcome.Stopped);
        Table(outcome.Rows[^1], outcome.Best);
        Places();
    }

    /// <summary>Says what is kept.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <param name="forced">Whether the same command would begin again.</param>
    public void Interrupted(RunOutcome outcome, bool forced = false)
    {
        if (_json)
        {
            WriteEnd(RunState.Interrupted, outcome.Last, outcome.Best);
            return;
        }
        Break();
        Write(outcome.Kept is { } kept
            ? $"interrupted; kept at {kept.Place} in {_folder.Path}; {(forced ? "the same command without --force" : "the same command")}, or 'trainer resume {_folder.Path}', goes on from there"
            : $"interrupted before anything was trained; the same command starts the run again");
    }

    /// <summary>Ends the output of a run that went wrong; what went wrong is told elsewhere.</summary>
    public void Failed(RunOutcome outcome)
    {
        if (_json)
        {
            WriteEnd(outcome.State, outcome.Last, outcome.Best);
            return;
        }
        Break();
    }

    /// <summary>Leaves a line that was alive.</summary>
    private void Break()
    {
        if (_shell.IsTerminal)
        {
            _shell.Console.WriteLine();
        }
    }

    private string Origin() => _data.Name == EmbeddedGarments.Name ? "our own drawings, NOT Fashion-MNIST" : _data.Origin;

    /// <summary>A row a split; the last epoch, and beside it the best by validation where there is one.</summary>
    private void Table(MetricsRow last, MetricsRow? best)
    {
        (string Epoch, MetricsRow Row)[] shown = best is null
            ? [($"epoch {last.Epoch}", last)]
            : [($"epoch {last.Epoch}", last), ($"epoch {best.Epoch} *", best)];
        var rows = new List<string[]> { Cells("train", row => (row.TrainLoss, row.TrainAccuracy)) };
        if (last.ValAccuracy is not null)
        {
            rows.Add(Cells("validation", row => (row.ValLoss, row.ValAccuracy)));
        }
        rows.Add(Cells("test", row => (row.TestLoss, row.TestAccuracy)));
        // Two short lines a heading: the table fits into 60 columns.
        string[][] heading =
        [
            ["", .. shown.SelectMany(_ => new[] { "loss", "accuracy" })],
            ["", .. shown.SelectMany(column => new[] { column.Epoch, column.Epoch })],
        ];
        bool rounded = _shell.IsTerminal && _shell.Console.Profile.Capabilities.Unicode;
        foreach (string line in TextTable.Lines(heading, rows, rounded))
        {
            Write(line);
        }
        if (best is not null)
        {
            Write($"* the best epoch by validation{(_experiment.EarlyStopping?.Monitor == ValidationQuantity.ValLoss ? " loss" : "")}");
        }

        string[] Cells(string split, Func<MetricsRow, (double? Loss, double? Accuracy)> values) =>
        [
            split,
            .. shown.Select(column => values(column.Row))
                .SelectMany(value => new[] { EpochTable.Loss(value.Loss), EpochTable.Accuracy(value.Accuracy) }),
        ];
    }

    /// <summary>The last of the JSON lines: how it ended and where everything lies.</summary>
    private void WriteEnd(RunState state, MetricsRow? last, MetricsRow? best, RunStop? stopped = null, bool skipped = false) =>
        Write(JsonText.Line(new RunEnd(state, skipped, _experiment.Name, _experiment.Seed, _data.Name, _folder.Path, last, best, stopped)));

    private void Stopped(RunStop? stopped)
    {
        if (stopped is not null)
        {
            Write(stopped.Describe(_experiment.Epochs));
        }
    }

    private void Places()
    {
        Write($"data set: {_data.Name}");
        Write($"metrics:  {_folder.Metrics}");
        Write($"curves:   {_folder.Curves}");
    }

    private void Write(string line)
    {
        _shell.Output.WriteLine(line);
        _shell.Output.Flush();
    }

    private sealed record RunEnd(
        RunState State, bool Skipped, string Name, ulong Seed, string DataSet, string Folder, MetricsRow? Last, MetricsRow? BestByValidation,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RunStop? Stopped);
}
