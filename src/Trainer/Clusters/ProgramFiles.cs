using System.Text.Json;
using Trainer.Failures;

namespace Trainer.Clusters;

/// <summary>
/// The files of this program in the folder that it was started from: its assemblies as its <c>deps.json</c> lists them, and the two files that
/// the runtime reads before them. What else lies there (another build, a publish, the tests) is none of it.
/// </summary>
internal static class ProgramFiles
{
    /// <summary>The program's assembly.</summary>
    public const string Assembly = Name + ".dll";

    /// <summary>What starts it without 'dotnet'.</summary>
    public static readonly string Start = OperatingSystem.IsWindows() ? Name + ".exe" : Name;

    private const string Name = "trainer";
    private const string Dependencies = Name + ".deps.json";
    private const string RuntimeConfig = Name + ".runtimeconfig.json";

    /// <summary>Their paths in <paramref name="folder"/>, with '/', in order.</summary>
    /// <param name="folder">Where the program lies.</param>
    /// <param name="hasRuntime">Whether the runtime lies there, too, so that the program is started without 'dotnet'.</param>
    /// <exception cref="RunFailedException">It is not whole, or no program of that kind.</exception>
    public static IReadOnlyList<string> In(string folder, bool hasRuntime)
    {
        string list = Path.Combine(folder, Dependencies);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(list));
            JsonElement root = document.RootElement;
            string target = root.GetProperty("runtimeTarget").GetProperty("name").GetString()!;
            var files = new SortedSet<string>(StringComparer.Ordinal) { Assembly, Dependencies, RuntimeConfig };
            if (hasRuntime)
            {
                files.Add(Start);
            }
            foreach (JsonProperty library in root.GetProperty("targets").GetProperty(target).EnumerateObject())
            {
                files.UnionWith(Assets(library.Value));
            }
            return files.FirstOrDefault(file => !File.Exists(Path.Combine(folder, file))) is { } missing
                ? throw new RunFailedException($"{Path.Combine(folder, missing)}: not there, and the program cannot be copied without; build or install it again")
                : [.. files];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new RunFailedException($"{list}: cannot be read, and the program cannot be copied without: {failure.Message}", failure);
        }
    }

    /// <summary>Assemblies and libraries of the machine lie side by side; those for one machine of several, and for one language, below.</summary>
    private static IEnumerable<string> Assets(JsonElement library) =>
    [
        .. Entries(library, "runtime").Concat(Entries(library, "native")).Select(asset => Path.GetFileName(asset.Name)),
        .. Entries(library, "resources").Select(asset => $"{asset.Value.GetProperty("locale").GetString()}/{Path.GetFileName(asset.Name)}"),
        .. Entries(library, "runtimeTargets").Select(asset => asset.Name),
    ];

    private static IEnumerable<JsonProperty> Entries(JsonElement library, string kind) =>
        library.TryGetProperty(kind, out JsonElement assets) ? assets.EnumerateObject() : [];
}
