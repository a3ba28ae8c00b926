using Trainer.Failures;
using Trainer.Runs;
using Trainer.Sweeps;

namespace Trainer.Clusters;

/// <summary><c>plan.json</c>: what a sweep is, for tasks on other machines and for whoever asks about them.</summary>
internal sealed record ClusterPlan : IClusterRecord
{
    /// <summary>The version of these files.</summary>
    public const int Known = 1;

    /// <summary>The version of the files beside it.</summary>
    public required int Format { get; init; }

    /// <summary>The sweep's name.</summary>
    public required string Sweep { get; init; }

    /// <summary>Four random bytes in hexadecimal: sweeps of one name in two folders have jobs of two names.</summary>
    public required string Token { get; init; }

    /// <summary>Who submits it: his jobs are looked at, and nobody else takes them over.</summary>
    public required string User { get; init; }

    /// <summary>The number of its first submission: those of an earlier plan in the same folder keep theirs.</summary>
    public required int First { get; init; }

    /// <summary>The folder of all results, from the root of the file system.</summary>
    public required string Results { get; init; }

    /// <summary>The folder that paths in the configurations are seen from.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>The images of the cells.</summary>
    public required IReadOnlyList<PlannedData> Data { get; init; }

    /// <summary>The keys that differ between cells, in order.</summary>
    public required IReadOnlyList<string> Varied { get; init; }

    /// <summary>How many cells there are.</summary>
    public required int Cells { get; init; }

    /// <summary>The SHA-256 of all their lines.</summary>
    public required string Digest { get; init; }

    bool IClusterRecord.IsSound => First > 0 && IsName(Sweep) && IsName(Token) && Cells is >= 1 and <= SweepPlanner.MostCells && !Data.Contains(null!) && !Varied.Contains(null!);

    /// <summary>Whether it is a plan of the same cells on the same images: where the sweep file lay, and the files of the images, make no
    /// difference.</summary>
    public bool IsOfTheSame(ClusterPlan other) => Digest == other.Digest && Results == other.Results
        && Data.Select(data => (data.Name, data.Hash)).SequenceEqual(other.Data.Select(data => (data.Name, data.Hash)));

    private static bool IsName(string name)
    {
        try
        {
            return Experiment.CheckName(name) == name;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>The images of a cell.</summary>
    /// <exception cref="RunFailedException">The plan does not know them.</exception>
    public PlannedData DataOf(PlannedCell cell) => Data.FirstOrDefault(data => data.Name == cell.DataSet)
        ?? throw new RunFailedException($"{cell.Folder}: the plan of the sweep does not know its data set, {cell.DataSet}");
}
