using Spectre.Console;
using Trainer.Commands;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Optimizers;
using Trainer.Results;
using Trainer.Runs;

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
    public void Begin(TrainingSetup setup, string engine, string reason)
    {
        if (_json)
        {
            return;
        }
        string activation = Configuration.Registry.NameOf(setup.Activation.GetType());
        Write($"{_experiment.Name}: {setup.Shape} {activation}, {Describe(setup.Optimizer)}, batch {setup.BatchSize}, seed {_experiment.Seed}");
        Write($"data: {_data.Name} ({Origin()}), {setup.Data.Train.Count} train"
            + (setup.Data.Validation is { } validation ? $" + {validation.Count} validation" : "") + $" + {setup.Data.Test.Count} test");
        Write($"engine: {engine} ({reason})");
        Write($"folder: {_folder.Path}");
        Write("");
    }

    /// <summary>Says that the run is there already.</summary>
    public void AlreadyDone()
    {
        RunSummary? summary = JsonText.Parse<RunSummary>(File.ReadAllText(_folder.Summary));
        if (_json)
        {
            WriteEnd(RunState.Completed, summary?.Last, summary?.BestByValidation);
            return;
        }
        Write($"{_experiment.Name}: already done, nothing to do (--force repeats it)");
        if (summary is not null)
        {
            Table(summary.Last, summary.BestByValidation);
        }
        Places();
    }

    /// <summary>The closing table.</summary>
    public void Completed(RunRecorder recorder)
    {
        if (_json)
        {
            WriteEnd(RunState.Completed, recorder.Rows[^1], recorder.Best);
            return;
        }
        Write("");
        Table(recorder.Rows[^1], recorder.Best);
        Places();
    }

    /// <summary>Says what is kept.</summary>
    public void Interrupted(RunRecorder recorder)
    {
        if (_json)
        {
            WriteEnd(RunState.Interrupted, recorder.Rows.Count > 0 ? recorder.Rows[^1] : null, recorder.Best);
            return;
        }
        Break();
        int epochs = Math.Max(0, recorder.Rows.Count - 1);
        Write($"interrupted; {epochs} {(epochs == 1 ? "epoch is" : "epochs are")} kept in {_folder.Path}; the same command starts the run again");
    }

    /// <summary>Leaves a line that was alive.</summary>
    public void Break()
    {
        if (!_json && _shell.IsTerminal)
        {
            _shell.Console.WriteLine();
        }
    }

    private static string Describe(Optimizer optimizer)
    {
        string name = Configuration.Registry.NameOf(optimizer.GetType());
        string momentum = optimizer is Sgd { Momentum: > 0 } sgd ? FormattableString.Invariant($" momentum {sgd.Momentum}") : "";
        return FormattableString.Invariant($"{name} lr {optimizer.Lr}{momentum}");
    }

    private string Origin() => _data.Name == EmbeddedGarments.Name ? "our own drawings, NOT Fashion-MNIST" : _data.Origin;

    private void Table(MetricsRow last, MetricsRow? best)
    {
        var table = new Table { Border = _shell.IsTerminal ? TableBorder.Rounded : TableBorder.Ascii };
        bool hasValidation = last.ValAccuracy is not null;
        table.AddColumns("", "epoch", "train loss", "train accuracy");
        table.AddColumns(hasValidation ? ["val loss", "val accuracy", "test loss", "test accuracy"] : ["test loss", "test accuracy"]);
        table.Columns.Skip(1).ToList().ForEach(column => column.RightAligned());
        AddRow("last epoch", last);
        if (best is not null)
        {
            AddRow("best by validation", best);
        }
        _shell.Console.Write(table);

        void AddRow(string name, MetricsRow row)
        {
            List<string> cells =
            [
                name, FormattableString.Invariant($"{row.Epoch}"), EpochTable.Loss(row.TrainLoss), EpochTable.Accuracy(row.TrainAccuracy),
            ];
            if (hasValidation)
            {
                cells.AddRange([EpochTable.Loss(row.ValLoss), EpochTable.Accuracy(row.ValAccuracy)]);
            }
            table.AddRow([.. cells, EpochTable.Loss(row.TestLoss), EpochTable.Accuracy(row.TestAccuracy)]);
        }
    }

    /// <summary>The last of the JSON lines: how it ended and where everything lies.</summary>
    private void WriteEnd(RunState state, MetricsRow? last, MetricsRow? best) =>
        Write(JsonText.Line(new RunEnd(state, _experiment.Name, _experiment.Seed, _data.Name, _folder.Path, last, best)));

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
        RunState State, string Name, ulong Seed, string DataSet, string Folder, MetricsRow? Last, MetricsRow? BestByValidation);
}
