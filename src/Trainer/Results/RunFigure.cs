using System.Text.Json;
using Trainer.Charts;
using Trainer.Failures;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Results;

/// <summary>The picture of a run, from its recorded rows alone.</summary>
internal static class RunFigure
{
    /// <summary>Draws the run in <paramref name="folder"/> from its files, into <paramref name="destination"/>.</summary>
    /// <exception cref="TrainerException">A file cannot be read or written.</exception>
    public static void Write(RunFolder folder, string destination)
    {
        Experiment experiment = ConfigReader.Read<Experiment>(folder.Config, []);
        IReadOnlyList<MetricsRow> rows = CsvFile.Read<MetricsRow>(folder.Metrics);
        Write(experiment, DataSetName(folder), rows, destination);
    }

    /// <summary>Draws these rows into the file <paramref name="destination"/>.</summary>
    /// <exception cref="RunFailedException">The file cannot be written.</exception>
    public static void Write(Experiment experiment, string dataSet, IReadOnlyList<MetricsRow> rows, string destination)
    {
        var curves = new RunCurves
        {
            ConfigName = experiment.Name,
            DataSetName = dataSet,
            Seed = experiment.Seed,
            Epochs = [.. rows.Select(row => row.Epoch)],
            TrainLoss = Values(rows, row => row.TrainLoss),
            TrainAccuracy = Values(rows, row => row.TrainAccuracy),
            ValidationLoss = Values(rows, row => row.ValLoss),
            ValidationAccuracy = Values(rows, row => row.ValAccuracy),
            TestLoss = Values(rows, row => row.TestLoss),
            TestAccuracy = Values(rows, row => row.TestAccuracy),
            BestValidationEpoch = BestByValidation(rows)?.Epoch,
        };
        Figure figure = CurvesFigure.Of(curves);
        AtomicFile.Write(destination, stream => new SvgRenderer().Render(figure, stream));
    }

    /// <summary>The row of highest validation accuracy, of equals the one of lower loss, then the earlier; null without a
    /// validation split.</summary>
    private static MetricsRow? BestByValidation(IReadOnlyList<MetricsRow> rows) => rows
        .Where(row => row.ValAccuracy is not null)
        .OrderByDescending(row => row.ValAccuracy)
        .ThenBy(row => row.ValLoss)
        .ThenBy(row => row.Epoch)
        .FirstOrDefault();

    private static double[]? Values(IReadOnlyList<MetricsRow> rows, Func<MetricsRow, double?> value) =>
        rows.Any(row => value(row) is not null) ? [.. rows.Select(row => value(row) ?? double.NaN)] : null;

    private static string DataSetName(RunFolder folder)
    {
        try
        {
            using var manifest = JsonDocument.Parse(File.ReadAllText(folder.Manifest));
            return manifest.RootElement.GetProperty("data_set").GetString() ?? throw new JsonException();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new RunFailedException($"{folder.Manifest}: does not say which data set the run used; run it again with --force", failure);
        }
    }
}
