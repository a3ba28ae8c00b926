using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Sessions;

/// <summary>Finds where an unfinished run goes on: the newest checkpoint that is whole and of this run, with everything recorded up to
/// there.</summary>
/// <param name="prepared">The run.</param>
/// <param name="start">How it is to begin.</param>
/// <param name="recorder">What is recorded of its epochs.</param>
/// <param name="logs">All that grows with them.</param>
/// <param name="checkpoints">Where it is kept.</param>
internal sealed class RunContinuation(
    PreparedRun prepared, RunStart start, RunRecorder recorder, IReadOnlyList<IRunLog> logs, CheckpointStore checkpoints)
{
    /// <summary>Where it goes on; null where it has to begin at the beginning.</summary>
    /// <param name="problems">Gets a line for each checkpoint that is of no use.</param>
    public Resumption? Find(List<string> problems)
    {
        if (start.Anew)
        {
            return null;
        }
        if (!prepared.TraceIsThere())
        {
            if (Places(problems) is [var newest, ..])
            {
                problems.Add($"{newest.Description}: not used, because the first steps are to be traced, and the run is behind them");
            }
            return null;
        }
        List<CheckpointPlace> places = Places(problems);
        if (start.Refuge is { } refuge && !places.Exists(place => place.Folder == refuge))
        {
            throw new ConfigException($"--checkpoints: {refuge}: no checkpoint in it (no state-*.json)");
        }
        foreach (CheckpointPlace place in places)
        {
            try
            {
                string? lacking = logs.Select(log => log.Lacks(place.Epoch)).FirstOrDefault(file => file is not null);
                if (lacking is null)
                {
                    Checkpoint checkpoint = checkpoints.Read(place);
                    return new Resumption(checkpoint, [.. recorder.Rows.Take(place.Epoch + 1).Select(row => row.ToRecord())]);
                }
                problems.Add($"{place.Description}: not used, because {lacking} does not have all that was recorded up to epoch {place.Epoch}");
            }
            catch (RunFailedException failure)
            {
                problems.Add(failure.Message);
            }
        }
        if (start.Refuge is not null)
        {
            throw new ConfigException($"--checkpoints: {problems.LastOrDefault() ?? start.Refuge}; nothing was changed");
        }
        if (places.Count > 0)
        {
            problems.Add($"{prepared.Folder.Path}: none of its checkpoints can be used, so the run begins again");
        }
        return null;
    }

    private List<CheckpointPlace> Places(List<string> problems)
    {
        var places = new List<CheckpointPlace>();
        foreach (string folder in new[] { prepared.Folder.Checkpoints, start.Refuge }.OfType<string>())
        {
            try
            {
                places.AddRange(CheckpointPlace.In(folder));
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{folder}: cannot be read: {failure.Message}");
            }
        }
        places.Sort((one, other) => (other.Epoch, other.Step).CompareTo((one.Epoch, one.Step)));
        return places;
    }
}
