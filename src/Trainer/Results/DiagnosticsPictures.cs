using Trainer.Charts;
using Trainer.Diagnostics;
using Trainer.Images;
using Trainer.Runs;

namespace Trainer.Results;

/// <summary>The pictures of a run's diagnostics, from their files alone.</summary>
internal static class DiagnosticsPictures
{
    /// <summary>Draws what is recorded in <paramref name="folder"/>; nothing where there is nothing.</summary>
    /// <param name="folder">The diagnostics.</param>
    /// <param name="experiment">What was trained.</param>
    /// <param name="dataSet">On which images.</param>
    /// <exception cref="Failures.TrainerException">A file cannot be read or written.</exception>
    public static void Write(DiagnosticsFolder folder, Experiment experiment, string dataSet)
    {
        if (!File.Exists(folder.Network))
        {
            return;
        }
        foreach ((string family, Figure figure) in DiagnosticsFigures.Of(Curves(folder, experiment, dataSet)))
        {
            PictureFile.Write(folder.Picture(family), stream => new SvgRenderer().Render(figure, stream));
        }
    }

    private static DiagnosticsCurves Curves(DiagnosticsFolder folder, Experiment experiment, string dataSet)
    {
        IReadOnlyList<NetworkRow> network = CsvFile.Read<NetworkRow>(folder.Network);
        int[] epochs = [.. network.Select(row => row.Epoch)];
        // A run that was ended by force may have written the layers of an epoch and not yet its network.
        LayerRow[] rows = [.. CsvFile.Read<LayerRow>(folder.Layers).Where(row => epochs.Contains(row.Epoch))];
        int last = rows.Max(row => row.Layer);
        return new DiagnosticsCurves(
            FormattableString.Invariant($"{experiment.Name} on {dataSet}, seed {experiment.Seed}"),
            ExperimentText.Of(experiment),
            epochs,
            [.. rows.GroupBy(row => row.Layer).OrderBy(layer => layer.Key)
                .Select(layer => Layer(layer.Key == last ? "output" : $"layer {layer.Key}", [.. layer]))],
            [.. network.Select(row => row.LipschitzBound ?? double.NaN)],
            [.. NoiseProbe.Deviations.Select((deviation, index) => (deviation, Values(network, row => row.Accuracies()[index])))]);
    }

    private static LayerCurves Layer(string name, LayerRow[] rows) => new(
        name,
        Values(rows, row => row.GradientNorm),
        Values(rows, row => row.UpdateRatio),
        Values(rows, row => row.DeadShare),
        Values(rows, row => row.SaturatedShare),
        Values(rows, row => row.SpectralNorm));

    private static IReadOnlyList<double> Values<TRow>(IReadOnlyList<TRow> rows, Func<TRow, double?> value) =>
        [.. rows.Select(row => value(row) ?? double.NaN)];
}
