using Trainer.Results;

namespace Trainer.Doctor.Rules;

/// <summary>The network gets better on what it is trained on, and worse on what it is not.</summary>
internal sealed class OverFitting : IRule
{
    // Seen on configs/*.yaml after 20 epochs, medians of three: at most 1.06 (adam.yaml). Single epochs of plain SGD jump by a third.
    private const double Mild = 1.1;
    private const double Strong = 1.25;
    private const int Window = 3;
    private const int FewestEpochs = 5;
    private const int Validation = 5000;
    private const int Patience = 5;

    /// <inheritdoc/>
    public string Name => "over-fitting";

    /// <inheritdoc/>
    public string LooksAt => "the loss on validation rows (test rows where there are none) against the training loss, medians of three epochs";

    /// <inheritdoc/>
    public IReadOnlyList<string> ConsequenceOf => ["divergence", "rate-too-high"];

    /// <inheritdoc/>
    public Finding? Examine(RecordedRun run)
    {
        MetricsRow[] rows = [.. run.Rows.Where(row => row.Epoch > 0)];
        bool hasValidation = rows.Length > 0 && rows.All(row => row.ValLoss is not null);
        if (rows.Length < FewestEpochs || rows.Any(row => row.TestLoss is null || row.RunningLoss is null))
        {
            return null;
        }
        double[] unseen = Medians([.. rows.Select(row => (hasValidation ? row.ValLoss : row.TestLoss)!.Value)]);
        double[] seen = Medians([.. rows.Select(row => row.TrainLoss ?? row.RunningLoss!.Value)]);
        int best = Array.LastIndexOf(unseen, unseen.Min());
        double ratio = unseen[^1] / unseen[best];
        if (ratio < Mild || seen[^1] >= seen[best])
        {
            return null;
        }
        // The middle of the window.
        int epoch = rows[best + (Window / 2)].Epoch;
        string split = hasValidation ? "validation" : "test";
        return new Finding
        {
            Severity = ratio < Strong ? Severity.Note : Severity.Problem,
            Seen = $"from epoch {epoch} on: the {split} loss was {Figures.Number(unseen[best])} and is {Figures.Number(unseen[^1])} at the end, while the training loss fell from {Figures.Number(seen[best])} to {Figures.Number(seen[^1])} (medians of {Window} epochs)",
            Limit = $"at the end less than {Figures.Number(Mild)} times its lowest; {Figures.Number(Strong)} times is a problem: single epochs of plain SGD jump more than that, medians of three stayed within 1.06 on runs that were fine",
            Meaning = "since then the network learns its rows by heart: what it gets surer of does not hold for other images.",
            Try =
            [
                .. run.Experiment.Data.Validation > 2 * Validation ? (Remedy[])[new($"data.validation={Validation}", "more rows to train on help most")] : [],
                .. Stopping(run),
                .. Remedies.Dropout(run, "no unit can rely on another"),
                .. Remedies.WeightDecay(run),
                .. Remedies.Narrow(run, "fewer weights to remember rows by"),
            ],
        };
    }

    /// <summary>Never the epoch in which the test loss was lowest: a figure that was chosen by the test rows is no longer one of rows
    /// that the network has not seen.</summary>
    private static Remedy[] Stopping(RecordedRun run) => run.Experiment switch
    {
        { EarlyStopping: not null } => [],
        { Data.Validation: > 0 } =>
            [new($"early_stopping.patience={Patience}", "ends the run in time; checkpoints/best.safetensors has the best epoch by validation, now as then")],
        _ => [new([$"data.validation={Validation}", $"early_stopping.patience={Patience}"],
            "keeps rows back that decide when to end; checkpoints/best.safetensors then has the best epoch by them, and the test rows have no say in it")],
    };

    /// <summary>The median of each window of three values.</summary>
    private static double[] Medians(double[] values) => [.. Enumerable.Range(0, values.Length - Window + 1)
        .Select(start => values[start..(start + Window)].Order().ElementAt(Window / 2))];
}
