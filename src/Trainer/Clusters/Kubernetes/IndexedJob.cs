using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Trainer.Failures;

namespace Trainer.Clusters.Kubernetes;

/// <summary>
/// A sweep as an Indexed Job of Kubernetes: a pod for each index, which runs the same <c>sweep-task</c> as a task of a SLURM array and
/// finds its index in <c>JOB_COMPLETION_INDEX</c>. It is printed and not submitted: no cluster was at hand to try it on, and what is
/// known of it is that the published schema takes it.
/// <para>The claim is mounted where this machine has its files (<see cref="KubernetesSettings.Mount"/>, or else the folder of all
/// results), so that a path in the sweep's plan means the same file in a pod; program, results and data must lie below. Pods end as
/// tasks do: with 85 after a checkpoint, and are then begun again, as they are when the cluster takes their node; with 2, 3, 5 and 6
/// no repetition would end otherwise, and the index has failed; anything else is tried again some times. That takes
/// <c>backoffLimitPerIndex</c>, <c>podFailurePolicy</c> and <c>podReplacementPolicy</c>: together there by default since Kubernetes 1.29,
/// all without reservation since 1.34.</para>
/// </summary>
internal sealed record IndexedJob
{
    /// <summary>The first release of Kubernetes that does all of it unasked.</summary>
    public const string LeastVersion = "1.29";

    private const string Container = "trainer";
    private const string Volume = "claim";
    private const int LongestLabel = 63;
    private const int HashDigits = 8;

    // A repetition would end with the same: a configuration, data, a divergence, a check that failed.
    private static readonly ExitCode[] Certain = [ExitCode.Usage, ExitCode.Data, ExitCode.Diverged, ExitCode.CheckFailed];

    /// <summary>The job's name; see <see cref="NameOf"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Pods that must end well.</summary>
    public required int Completions { get; init; }

    /// <summary>The words that a pod starts, without its index.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Where it starts, if pods see that; else where the claim is mounted.</summary>
    public required string WorkingFolder { get; init; }

    /// <summary>The folder of all results, absolute.</summary>
    public required string Results { get; init; }

    /// <summary>Other folders that a pod reads, absolute.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>What is asked of the cluster.</summary>
    public required ClusterSettings Settings { get; init; }

    /// <summary>Refuses to be more than printed.</summary>
    /// <exception cref="ConfigException">It is to be submitted, or lacks what it cannot be printed without.</exception>
    public static void Check(ClusterSettings settings, bool isDryRun)
    {
        if (!isDryRun)
        {
            throw new ConfigException(
                "--launcher kubernetes submits nothing, for no cluster was at hand to try it on; write --dry-run, and hand what it prints to 'kubectl apply -f -'");
        }
        if (settings.Kubernetes.Image is null)
        {
            throw new ConfigException("--launcher kubernetes: pods need an image with .NET; write e.g. --image mcr.microsoft.com/dotnet/aspnet:10.0, or cluster.kubernetes.image in the sweep file");
        }
        if (settings.Kubernetes.Claim is null)
        {
            throw new ConfigException("--launcher kubernetes: pods need the persistent volume claim on which the results lie; write --claim NAME, or cluster.kubernetes.claim in the sweep file");
        }
    }

    /// <summary>
    /// A name for a job with so many pods: small letters, digits and '-', and short enough for its pods' host names, which have a
    /// '-' and the index behind it. What had to be changed or cut is made up for by a hash of the whole.
    /// </summary>
    public static string NameOf(string name, int completions)
    {
        int longest = LongestLabel - 1 - FormattableString.Invariant($"{completions - 1}").Length;
        string fitting = new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]).Trim('-');
        if (fitting == name && name.Length <= longest)
        {
            return name;
        }
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashDigits];
        int rest = longest - HashDigits - 1;
        fitting = (fitting.Length > rest ? fitting[..rest] : fitting).TrimEnd('-');
        return fitting.Length == 0 ? $"{Container}-{hash}" : $"{fitting}-{hash}";
    }

    /// <summary>The manifest.</summary>
    /// <exception cref="ConfigException">It lacks something, or pods would not see a folder.</exception>
    public string Text()
    {
        Check(Settings, isDryRun: true);
        string mount = Mount();
        foreach (string folder in (string[])[Results, .. Folders])
        {
            if (!Lies(folder, mount))
            {
                throw new ConfigException(
                    $"--launcher kubernetes: {folder} does not lie in {mount}, and pods see no other folder; write --mount DIR for one in which all lie and whose files the claim holds");
            }
        }
        var labels = new JsonObject { ["app.kubernetes.io/name"] = Container, ["app.kubernetes.io/instance"] = NameOf(Name, Completions) };
        var metadata = new JsonObject { ["name"] = NameOf(Name, Completions) };
        if (Settings.Kubernetes.Namespace is { } space)
        {
            metadata["namespace"] = space;
        }
        metadata["labels"] = labels;
        return $"# An Indexed Job for 'kubectl apply -f -'. Kubernetes {LeastVersion} or later; checked against the published schema, not on a cluster.\n"
            + ManifestText.Of(new JsonObject
            {
                ["apiVersion"] = "batch/v1",
                ["kind"] = "Job",
                ["metadata"] = metadata,
                ["spec"] = new JsonObject
                {
                    ["completions"] = Completions,
                    ["parallelism"] = Math.Min(Settings.Parallel ?? Completions, Completions),
                    ["completionMode"] = "Indexed",
                    ["backoffLimitPerIndex"] = Settings.Kubernetes.Restarts,
                    // Two pods of an index are never at work together.
                    ["podReplacementPolicy"] = "Failed",
                    ["podFailurePolicy"] = FailurePolicy(),
                    ["template"] = new JsonObject
                    {
                        ["metadata"] = new JsonObject { ["labels"] = labels.DeepClone() },
                        ["spec"] = Pod(mount),
                    },
                },
            });
    }

    /// <summary>The first rule that fits counts; what none fits is tried again until the limit.</summary>
    private static JsonObject FailurePolicy() => new()
    {
        ["rules"] = new JsonArray(
            new JsonObject
            {
                ["action"] = "Ignore",
                ["onPodConditions"] = new JsonArray(new JsonObject { ["type"] = "DisruptionTarget", ["status"] = "True" }),
            },
            Rule("Ignore", [ExitCode.Requeue]),
            Rule("FailIndex", Certain)),
    };

    private static JsonObject Rule(string action, IEnumerable<ExitCode> codes) => new()
    {
        ["action"] = action,
        ["onExitCodes"] = new JsonObject
        {
            ["containerName"] = Container,
            ["operator"] = "In",
            ["values"] = new JsonArray([.. codes.Order().Select(code => JsonValue.Create((int)code))]),
        },
    };

    private JsonObject Pod(string mount)
    {
        var pod = new JsonObject
        {
            ["restartPolicy"] = "Never",
            ["terminationGracePeriodSeconds"] = Settings.SignalSeconds,
            // A task asks nothing of the cluster.
            ["automountServiceAccountToken"] = false,
        };
        if (Settings.Kubernetes.User is { } user)
        {
            pod["securityContext"] = new JsonObject { ["runAsUser"] = user };
        }
        var container = new JsonObject
        {
            ["name"] = Container,
            ["image"] = Settings.Kubernetes.Image,
            // $(NAME) would be replaced by a variable; two of them are one.
            ["command"] = new JsonArray([.. Command.Select(word => JsonValue.Create(word.Replace("$", "$$", StringComparison.Ordinal)))]),
            ["workingDir"] = Lies(WorkingFolder, mount) ? WorkingFolder : mount,
        };
        JsonObject resources = PodResources.Of(Settings);
        if (resources.ContainsKey(PodResources.Gpu))
        {
            // Without, the driver's compute library stays outside of an image that does not ask for it itself.
            container["env"] = new JsonArray(new JsonObject { ["name"] = "NVIDIA_DRIVER_CAPABILITIES", ["value"] = "compute,utility" });
        }
        if (resources.Count > 0)
        {
            container["resources"] = new JsonObject { ["requests"] = resources, ["limits"] = resources.DeepClone() };
        }
        container["volumeMounts"] = new JsonArray(new JsonObject { ["name"] = Volume, ["mountPath"] = mount });
        pod["containers"] = new JsonArray(container);
        pod["volumes"] = new JsonArray(new JsonObject
        {
            ["name"] = Volume,
            ["persistentVolumeClaim"] = new JsonObject { ["claimName"] = Settings.Kubernetes.Claim },
        });
        return pod;
    }

    private string Mount()
    {
        try
        {
            return (Settings.Kubernetes with { Mount = Path.TrimEndingDirectorySeparator(Settings.Kubernetes.Mount ?? Results) }).Mount!;
        }
        catch (ArgumentException failure)
        {
            throw new ConfigException($"--launcher kubernetes: {failure.Message}", failure);
        }
    }

    private static bool Lies(string path, string folder) => path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);
}
