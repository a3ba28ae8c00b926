using Trainer.Results;

namespace Trainer.Verification.Checks;

/// <summary>The diagnostics have every epoch once, and of each every layer.</summary>
internal sealed class DiagnosticsCheck : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "diagnostics";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        if (!run.Experiment.Diagnostics || run.Rows.Count == 0)
        {
            return null;
        }
        DiagnosticsFolder folder = run.Folder.Diagnostics;
        (string layersFile, string networkFile) = (run.NameOf(folder.Layers), run.NameOf(folder.Network));
        IReadOnlyList<LayerRow> layers = CsvFile.Read<LayerRow>(folder.Layers);
        IReadOnlyList<NetworkRow> network = CsvFile.Read<NetworkRow>(folder.Network);
        int count = run.Shape.Layers.Count;
        return CheckOutcome.Of(
            $"every epoch once, with {(count == 1 ? "its layer" : $"its {count} layers")}",
            Sequence.FirstProblem(layersFile, [.. layers.Select(row => NameOf(row.Epoch, row.Layer))], LayerAt),
            Sequence.TailProblem(run, layersFile, layers.Count, run.Rows.Count * count, LayerAt),
            TableText.Problem(run, folder.Layers, layers),
            Sequence.FirstProblem(networkFile, [.. network.Select(row => NameOf(row.Epoch))], NameOf),
            Sequence.TailProblem(run, networkFile, network.Count, run.Rows.Count, NameOf),
            TableText.Problem(run, folder.Network, network));

        string LayerAt(int index) => NameOf(index / count, (index % count) + 1);
    }

    private static string NameOf(int epoch) => FormattableString.Invariant($"epoch {epoch}");

    private static string NameOf(int epoch, int layer) => FormattableString.Invariant($"epoch {epoch}, layer {layer}");
}
