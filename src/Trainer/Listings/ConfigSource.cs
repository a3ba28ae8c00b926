using Trainer.Catalogs;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Listings;

/// <summary>A configuration, from a file or from a run.</summary>
/// <param name="Name">As it was asked for.</param>
/// <param name="Experiment">The configuration, resolved.</param>
/// <param name="Folder">The run; null where it is a file of nobody's run.</param>
internal sealed record ConfigSource(string Name, Experiment Experiment, RunFolder? Folder)
{
    /// <summary>The configuration that <paramref name="name"/> means.</summary>
    /// <param name="name">A configuration file, a run's folder, a folder with one run in it, or the name of one.</param>
    /// <param name="root">The folder of all results.</param>
    /// <param name="overrides">Patches to it.</param>
    /// <exception cref="ConfigException">There is none, more than one, or it cannot be read.</exception>
    public static ConfigSource Find(string name, string root, IReadOnlyList<string> overrides)
    {
        if (File.Exists(name) || LooksLikeFile(name))
        {
            return new ConfigSource(name, ConfigReader.Read<Experiment>(name, overrides), null);
        }
        RunFolder folder = new RunPaths(root).Find(name) switch
        {
            [var only] => only,
            var runs => throw new ConfigException($"{name}: holds {runs.Count} runs; give one of them, as {runs[0].Path}"),
        };
        return new ConfigSource(name, ConfigReader.Read<Experiment>(folder.Config, overrides), folder);
    }

    private static bool LooksLikeFile(string name) =>
        !Directory.Exists(name) && Path.GetExtension(name).ToLowerInvariant() is ".yaml" or ".yml";
}
