using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Clusters.Kubernetes;

/// <summary>Cores, memory and GPUs in the words of Kubernetes, from those of SLURM that the settings have.</summary>
internal static partial class PodResources
{
    /// <summary>A GPU's name.</summary>
    public const string Gpu = "nvidia.com/gpu";

    /// <summary>What a pod asks for, and has at most.</summary>
    /// <exception cref="ConfigException">A resource has no counterpart.</exception>
    public static JsonObject Of(ClusterSettings settings)
    {
        var resources = new JsonObject();
        if (settings.Cpus is { } cores)
        {
            resources["cpu"] = FormattableString.Invariant($"{cores}");
        }
        // 0 is all of a node's memory for SLURM, and no bound here.
        if (settings.Memory is { } memory && memory.Trim('0') is { Length: > 0 } some && char.IsAsciiDigit(some[0]))
        {
            resources["memory"] = char.IsAsciiDigit(memory[^1]) ? memory + "Mi" : $"{memory[..^1]}{char.ToUpperInvariant(memory[^1])}i";
        }
        if (settings.Gres is { } gres)
        {
            Match gpu = IsGpu().Match(gres);
            if (!gpu.Success)
            {
                throw new ConfigException($"--launcher kubernetes: gres '{Excerpt.Of(gres)}' has no counterpart there; write gpu:N for N GPUs of any kind");
            }
            resources[Gpu] = gpu.Groups["count"].Success ? gpu.Groups["count"].Value : "1";
        }
        return resources;
    }

    [GeneratedRegex(@"^gpu(:(?<count>[1-9][0-9]{0,5}))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex IsGpu();
}
