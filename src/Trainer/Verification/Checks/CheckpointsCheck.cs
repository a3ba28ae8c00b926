using Trainer.Failures;
using Trainer.Results;

namespace Trainer.Verification.Checks;

/// <summary>The checkpoints of a run that is not complete are whole, and of this run.</summary>
internal sealed class CheckpointsCheck : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "checkpoints";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        if (run.IsComplete || CheckpointPlace.In(run.Folder.Checkpoints) is not { Count: > 0 } places)
        {
            return null;
        }
        string names = string.Join(", ", places.Select(place => FormattableString.Invariant($"epoch {place.Epoch} step {place.Step}")));
        return CheckOutcome.Of($"{names}: whole and of this run", places.Select(place => Problem(run, place)));
    }

    private static string? Problem(VerifiedRun run, CheckpointPlace place)
    {
        try
        {
            return Difference(run, place);
        }
        catch (RunFailedException) when (!File.Exists(place.Description))
        {
            // The run is at work, and has newer ones.
            return null;
        }
    }

    private static string? Difference(VerifiedRun run, CheckpointPlace place)
    {
        string file = run.NameOf(place.Description);
        CheckpointFile kept = CheckpointStore.Describe(place);
        return kept.Format != CheckpointFile.Version ? $"{file}: format {kept.Format} is not known"
            : !kept.IsWhole() ? $"{file}: is not what was written"
            : kept.Experiment != CheckpointFile.IdentityOf(run.Experiment) || kept.DataHash != RecordedDataSet.TryHash(run.Folder) ? $"{file}: is of another run"
            : (kept.Epoch, kept.Step) != (place.Epoch, place.Step) ? $"{file}: does not go with its name"
            : RunSums.Of(place.Arrays) != kept.ArraysHash ? $"{run.NameOf(place.Arrays)}: has not the SHA-256 of {file}"
            : null;
    }
}
