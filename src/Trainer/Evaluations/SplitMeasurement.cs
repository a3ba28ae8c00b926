using Trainer.Data;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Evaluations;

/// <summary>A split, measured with a run's weights.</summary>
/// <param name="Run">The run.</param>
/// <param name="Name">Which split.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Total">Loss and accuracy over all of them.</param>
/// <param name="Predictions">Each row by itself.</param>
/// <param name="Matrix">Which class was taken for which.</param>
/// <param name="Mistakes">The rows that were taken for another class, the most confident first.</param>
/// <param name="Engine">What computed.</param>
internal sealed record SplitMeasurement(
    TrainedRun Run,
    SplitName Name,
    Split Rows,
    Evaluation Total,
    IReadOnlyList<RowPrediction> Predictions,
    ConfusionMatrix Matrix,
    IReadOnlyList<RowPrediction> Mistakes,
    string Engine)
{
    // Enough to tell a cross-entropy from any other loss.
    private const int ProbedRows = 32;

    /// <summary>Measures.</summary>
    /// <param name="run">The run.</param>
    /// <param name="name">Which split.</param>
    /// <param name="create">Makes an engine.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ConfigException">The run has no such split.</exception>
    public static SplitMeasurement Of(TrainedRun run, SplitName name, Func<TrainingSetup, IEngine> create, CancellationToken cancellation)
    {
        Split rows = run.Setup.Data.Find(name)
            ?? throw new ConfigException($"--split validation: {run.Folder.Path} has no validation rows (data.validation is 0); choose test or train");
        RowResults results;
        string description;
        using (IEngine engine = run.CreateEngine(create))
        {
            results = SplitScan.Evaluate(engine, run.Setup.Data, name, cancellation);
            description = engine.Description;
        }
        // Under the predictions as labels, a row's loss is -ln p(prediction).
        RowResults sure = Relabelled.Evaluate(run, create, Relabelled.With(rows, results.Predictions), cancellation);
        bool areProbabilities = Probe(run, create, rows, cancellation);
        RowPrediction[] predictions = [.. Enumerable.Range(0, rows.Count).Select(row => new RowPrediction
        {
            Row = row,
            Image = rows.Images[row],
            Label = rows.Label(row),
            Prediction = results.Predictions[row],
            Loss = results.Losses[row],
            Confidence = areProbabilities ? Confidence.Of(sure.Losses[row]) : null,
        })];
        RowPrediction[] mistakes = [.. predictions
            .Where(row => row.Label != row.Prediction)
            .OrderBy(row => sure.Losses[row.Row])
            .ThenBy(row => row.Row)];
        return new SplitMeasurement(
            run, name, rows, results.Summarize(rows), predictions,
            ConfusionMatrix.Of(rows, results.Predictions, run.Data.ClassNames), mistakes, description);
    }

    /// <summary>Compares loss and accuracy with the line of <c>metrics.csv</c> that has the same weights.</summary>
    /// <returns>Whether there was something to compare with.</returns>
    /// <exception cref="CheckFailedException">They differ, in a single bit or more.</exception>
    public bool Compare()
    {
        if (Run.RecordedRow() is not { } row || Recorded(row) is not { Loss: { } loss, Accuracy: { } accuracy })
        {
            return false;
        }
        return loss.Equals(Total.Loss) && accuracy.Equals(Total.Accuracy) ? true : throw new CheckFailedException(FormattableString.Invariant(
            $"{Run.Folder.Metrics}: epoch {row.Epoch} has {SplitText} loss {loss} and accuracy {accuracy}, but {Run.Folder.Weights(Run.Checkpoint)} gives {Total.Loss} and {Total.Accuracy} on {Engine}; one of the two files is not what the run wrote: run it again with --force"));
    }

    /// <summary>The split as people and options call it.</summary>
    public string SplitText => Name.ToString().ToLowerInvariant();

    private (double? Loss, double? Accuracy) Recorded(MetricsRow row) => Name switch
    {
        SplitName.Train => (row.TrainLoss, row.TrainAccuracy),
        SplitName.Validation => (row.ValLoss, row.ValAccuracy),
        _ => (row.TestLoss, row.TestAccuracy),
    };

    /// <summary>Whether the losses are those of a cross-entropy, as far as the first rows show.</summary>
    private static bool Probe(TrainedRun run, Func<TrainingSetup, IEngine> create, Split rows, CancellationToken cancellation)
    {
        ReadOnlyMemory<byte>[] first = [.. Enumerable.Range(0, Math.Min(ProbedRows, rows.Count)).Select(row =>
            (ReadOnlyMemory<byte>)rows.Source.Pixels.AsMemory(rows.Images[row] * rows.Source.PixelsPerImage, rows.Source.PixelsPerImage))];
        return ClassLosses.Of(run, create, first, cancellation).All(image => image.AreProbabilities);
    }
}
