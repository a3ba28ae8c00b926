using Trainer.Failures;
using Trainer.Sweeps;

namespace Trainer.Clusters;

/// <summary>Finds the submitted sweep that a user means: by its sweep file, its folder, or its name.</summary>
internal static class ClusterTarget
{
    /// <summary>The sweep.</summary>
    /// <param name="sweep">What the user says.</param>
    /// <param name="results">The folder of all results.</param>
    /// <exception cref="ConfigException">There is no such sweep, or it was not submitted.</exception>
    public static ClusterFolder Find(string sweep, string results)
    {
        ClusterFolder folder = new(FolderOf(sweep, results));
        return folder.IsThere ? folder : throw new ConfigException(
            $"{folder.Sweep.Path}: was not submitted to a cluster, or its folder 'cluster' was removed; 'trainer sweep SWEEP --launcher slurm' does so, and --out says where it is recorded");
    }

    private static SweepFolder FolderOf(string sweep, string results)
    {
        if (File.Exists(sweep))
        {
            // Only a whole sweep is read here; what it is called is all that counts.
            return SweepFolder.Of(results, SweepReader.Read(sweep).Name!);
        }
        // A folder that only has the sweep's name is none of it.
        return new[] { new SweepFolder(Path.TrimEndingDirectorySeparator(sweep)), SweepFolder.Of(results, sweep) } is var places
            && places.FirstOrDefault(place => new ClusterFolder(place).IsThere) is { } submitted ? submitted
            : places.FirstOrDefault(place => Directory.Exists(place.Path))
                ?? throw new ConfigException($"{sweep}: no such sweep file, and no folder of a sweep");
    }
}
