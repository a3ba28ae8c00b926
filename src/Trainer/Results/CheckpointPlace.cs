using System.Globalization;
using System.Text.RegularExpressions;
using Trainer.Storage;

namespace Trainer.Results;

/// <summary>The two files of a checkpoint: <c>state-12-300.safetensors</c> with the arrays and <c>state-12-300.json</c> beside it, written
/// last, are the run after 300 steps behind epoch 12.</summary>
/// <param name="Folder">Where they lie.</param>
/// <param name="Epoch">The last recorded epoch.</param>
/// <param name="Step">Steps done of the next one.</param>
internal sealed partial record CheckpointPlace(string Folder, int Epoch, int Step)
{
    private string Name => FormattableString.Invariant($"state-{Epoch}-{Step}");

    /// <summary>The arrays.</summary>
    public string Arrays => Path.Combine(Folder, Name + ".safetensors");

    /// <summary>What they are.</summary>
    public string Description => Path.Combine(Folder, Name + ".json");

    /// <summary>The checkpoints in <paramref name="folder"/> that were written whole, the newest first; none where there is no folder.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<CheckpointPlace> In(string folder) => [.. All(folder).Where(place => File.Exists(place.Description))];

    /// <summary>The same, with those of which a file is missing.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<CheckpointPlace> All(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, "state-*")
            .Select(file => FileName().Match(Path.GetFileName(file)))
            .Where(match => match.Success)
            .Select(match => (HasEpoch: Number(match, "epoch", out int epoch), HasStep: Number(match, "step", out int step), Epoch: epoch, Step: step))
            .Where(found => found.HasEpoch && found.HasStep)
            .Select(found => new CheckpointPlace(folder, found.Epoch, found.Step))
            .Distinct()
            .OrderByDescending(place => (place.Epoch, place.Step)),
    ];

    /// <summary>Removes both files, the description first: without it the arrays are nothing.</summary>
    /// <exception cref="IOException">They cannot be removed.</exception>
    public void Delete()
    {
        Disk.Current.DeleteFile(Description);
        Disk.Current.DeleteFile(Arrays);
    }

    private static bool Number(Match match, string group, out int number) =>
        int.TryParse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    [GeneratedRegex(@"\Astate-(?<epoch>0|[1-9][0-9]*)-(?<step>0|[1-9][0-9]*)\.(?:json|safetensors)\z")]
    private static partial Regex FileName();
}
