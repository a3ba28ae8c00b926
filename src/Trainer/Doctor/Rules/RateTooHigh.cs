using Trainer.Results;

namespace Trainer.Doctor.Rules;

/// <summary>The training loss rises, jumps up and down, or never falls below that of guessing.</summary>
internal sealed class RateTooHigh : IRule
{
    // In parts of ln C. On configs/*.yaml, 20 epochs, the mean over an epoch never rose, and the loss at its end never by more than
    // 0.04 (plain SGD at 0.1, which is noisy and fine).
    private const double Jump = 0.1;
    private const double Risen = 0.05;
    private const double AboveGuessing = 1.05;
    private const int FewestEpochs = 3;

    /// <inheritdoc/>
    public string Name => "rate-too-high";

    /// <inheritdoc/>
    public string LooksAt => "the training loss: its mean over each epoch while the weights moved (running_loss), and its value at the end of each";

    /// <inheritdoc/>
    public IReadOnlyList<string> ConsequenceOf => ["divergence"];

    /// <inheritdoc/>
    public Finding? Examine(RecordedRun run)
    {
        IReadOnlyList<double> losses = run.RunningLosses;
        if (!run.HasRate || losses.Count < FewestEpochs || losses.Any(double.IsNaN))
        {
            return null;
        }
        double scale = run.LossScale ?? double.PositiveInfinity;
        (string Seen, string Limit)? found = Rising(losses, scale) ?? Jumping(run.Rows, scale) ?? WorseThanGuessing(run, losses);
        return found is not { } wrong ? null : new Finding
        {
            Seen = wrong.Seen,
            Limit = wrong.Limit,
            Meaning = "the steps are longer than the slope they follow holds: they jump over the valley instead of going down into it.",
            Try =
            [
                .. Remedies.Rate(run, 0.1, "a tenth"),
                .. Remedies.FallingRate(run, "a rate that falls, for what jumps at the end only"),
                .. Remedies.Warmup(run, "for what goes wrong at the start"),
                .. run.Experiment.BatchSize <= 1024 ? (Remedy[])[new($"batch_size={4 * run.Experiment.BatchSize}", "gradients with less noise")] : [],
            ],
        };
    }

    private static (string Seen, string Limit)? Rising(IReadOnlyList<double> losses, double scale)
    {
        double least = losses.Min();
        int epoch = losses.ToList().IndexOf(least) + 1;
        return losses[^1] - least < Risen * scale ? null : (
            $"the running loss was {Figures.Number(least)} in epoch {epoch} and is {Figures.Number(losses[^1])} at the end",
            $"less than {Figures.Number(Risen * scale)} above its lowest, {Figures.Percent(Risen)} of an even guess's loss: the mean over an epoch leaves no room for chance");
    }

    private static (string Seen, string Limit)? Jumping(IReadOnlyList<MetricsRow> rows, double scale)
    {
        double[] ends = [.. rows.Select(row => row.TrainLoss ?? row.TestLoss ?? double.NaN)];
        double[] rises = [.. ends.Skip(1).Zip(ends, (now, before) => now - before).Where(rise => rise >= Jump * scale)];
        return rises.Length < 2 || 4 * rises.Length < rows.Count - 1 ? null : (
            $"the loss at the end of an epoch rose by {Figures.Number(rises.Min())} to {Figures.Number(rises.Max())} in {rises.Length} of {rows.Count - 1} epochs",
            $"fewer than 2 rises of {Figures.Number(Jump * scale)} or more, {Figures.Percent(Jump)} of an even guess's loss, or in fewer than a quarter of the epochs: single jumps are chance");
    }

    private static (string Seen, string Limit)? WorseThanGuessing(RecordedRun run, IReadOnlyList<double> losses) =>
        run.GuessingLoss is not { } guessing || losses.Min() < AboveGuessing * guessing || losses.Min() < 0.5 * run.StartLoss ? null : (
            $"the running loss never was below {Figures.Number(losses.Min())}",
            $"less than {Figures.Number(AboveGuessing)} times ln {run.Classes} = {Figures.Number(guessing)}, the loss of an even guess: steps that fit find at least that");
}
