using Trainer.Runs;

namespace Trainer.Verification.Checks;

/// <summary>The digest of epoch 0 is that of the weights which configuration and seed give, or of another run's that it began with.</summary>
internal sealed class StartCheck : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "start";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        if (run.Rows.FirstOrDefault(row => row.Epoch == 0) is not { } first)
        {
            return null;
        }
        string digest = ParameterDigest.Of(run.Initial);
        return CheckOutcome.Of(
            run.BeginsWithOthers ? $"the weights of {run.NameOf(run.Folder.InitialWeights)} have the digest of epoch 0"
                : FormattableString.Invariant($"the weights that seed {run.Experiment.Seed} gives {run.Shape} have the digest of epoch 0"),
            run.Experiment.From is not { } start || start.Digest == digest ? null
                : $"{run.NameOf(run.Folder.InitialWeights)}: its digest is {digest}, {run.NameOf(run.Folder.Config)} has from.digest {start.Digest}",
            first.Digest == digest ? null : $"{run.NameOf(run.Folder.Metrics)}: epoch 0: digest is {first.Digest}, computed {digest}");
    }
}
