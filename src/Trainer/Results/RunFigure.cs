using Trainer.Charts;
using Trainer.Failures;
using Trainer.Images;
using Trainer.Losses;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Results;

/// <summary>The picture of a run, from its recorded rows alone.</summary>
internal static class RunFigure
{
    /// <summary>Draws the run in <paramref name="folder"/> from its files, into <paramref name="destination"/>.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="destination">The picture: .svg, .png or .pdf.</param>
    /// <param name="width">Width of a PNG in pixels.</param>
    /// <exception cref="TrainerException">A file cannot be read or written.</exception>
    public static void Write(RunFolder folder, string destination, int width = SvgConverter.DefaultWidth)
    {
        Experiment experiment = ConfigReader.Read<Experiment>(folder.Config, []);
        IReadOnlyList<MetricsRow> rows = CsvFile.Read<MetricsRow>(folder.Metrics);
        if (rows.Count == 0)
        {
            throw new RunFailedException($"{folder.Metrics}: holds no epoch; run the experiment again with --force");
        }
        var curves = new RunCurves
        {
            ConfigName = experiment.Name,
            DataSetName = RecordedDataSet.Of(folder).Name,
            Seed = experiment.Seed,
            Setting = ExperimentText.Of(experiment),
            LossName = experiment.Loss is MeanSquaredError ? "mean squared error to the one-hot target" : "mean cross-entropy",
            PlannedEpochs = experiment.Epochs,
            Epochs = [.. rows.Select(row => row.Epoch)],
            TrainLoss = Values(rows, row => row.TrainLoss),
            TrainAccuracy = Values(rows, row => row.TrainAccuracy),
            ValidationLoss = Values(rows, row => row.ValLoss),
            ValidationAccuracy = Values(rows, row => row.ValAccuracy),
            TestLoss = Values(rows, row => row.TestLoss),
            TestAccuracy = Values(rows, row => row.TestAccuracy),
            BestValidationEpoch = BestEpoch.ByValidation(rows, ValidationRanking.Of(experiment))?.Epoch,
        };
        Figure figure = CurvesFigure.Of(curves);
        PictureFile.Write(destination, stream => new SvgRenderer().Render(figure, stream), width);
    }

    private static double[]? Values(IReadOnlyList<MetricsRow> rows, Func<MetricsRow, double?> value) =>
        rows.Any(row => value(row) is not null) ? [.. rows.Select(row => value(row) ?? double.NaN)] : null;
}
