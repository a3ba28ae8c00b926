using Trainer.Results;

namespace Trainer.Verification.Checks;

/// <summary>The data set at hand is the one that the manifest names.</summary>
internal sealed class DataCheck : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "data";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        var recorded = RecordedDataSet.Of(run.Folder);
        string file = run.NameOf(run.Folder.Manifest);
        if (run.Data is not { } data)
        {
            return CheckOutcome.NotChecked(run.DataAbsence ?? "");
        }
        string? name = recorded.Name == data.Name ? null : $"{file}: data_set is {recorded.Name}, the configuration asks for {data.Name}";
        string? hash = recorded.Hash == data.Hash ? null
            : $"{file}: data_hash is {recorded.Hash ?? "(none)"}, but {data.Name} ({data.Origin}) has {data.Hash}";
        return CheckOutcome.Of($"{data.Name} ({data.Origin}) has the SHA-256 of {file}", name, hash);
    }
}
