using System.Text.RegularExpressions;
using Trainer.Yaml;

namespace Trainer.Clusters.Kubernetes;

/// <summary>What a sweep asks of Kubernetes alone.</summary>
internal sealed partial record KubernetesSettings
{
    private const int LongestLabel = 63;
    private const int LongestName = 253;
    private const int LongestPath = 1024;

    /// <summary>The container's image: it needs .NET with ASP.NET and nothing else, for the program is copied beside the sweep.</summary>
    public string? Image
    {
        get;
        init => field = Of(value, IsImage(), LongestPath, "is no image; write e.g. mcr.microsoft.com/dotnet/aspnet:10.0");
    }

    /// <summary>The persistent volume claim on which results and data lie.</summary>
    public string? Claim
    {
        get;
        init => field = Of(value, IsName(), LongestName, "names no persistent volume claim; it has small letters, digits, '-' and '.'");
    }

    /// <summary>The namespace; null for that of whoever submits it.</summary>
    public string? Namespace
    {
        get;
        init => field = Of(value, IsLabel(), LongestLabel, "is no namespace; it has up to 63 small letters, digits and '-'");
    }

    /// <summary>
    /// The folder under which this machine sees the claim's files. Pods see them under the same, so that every path in the
    /// sweep's plan means one file here and there; null for the folder of all results.
    /// </summary>
    public string? Mount
    {
        get;
        init => field = Of(value, IsFolder(), LongestPath, "is no folder that a pod can have; write an absolute one without ':', '..' or what cannot be printed");
    }

    /// <summary>The number of the user that pods run as, to whom the files then belong; null for the image's.</summary>
    public int? User { get; init => field = ClusterSettings.Count(value, 0, int.MaxValue); }

    /// <summary>How often a task that failed is begun again: not where its result is certain, nor where the cluster took its node.</summary>
    public int Restarts { get; init => field = ClusterSettings.Count(value, 0, ClusterSettings.Most)!.Value; } = 3;

    private static string? Of(string? text, Regex syntax, int longest, string problem) =>
        text is null || (text.Length <= longest && text == Excerpt.OneLine(text) && syntax.IsMatch(text))
            ? text
            : throw new ArgumentException($"'{Excerpt.Of(text)}' {problem}");

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._:/@-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex IsImage();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex IsName();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex IsLabel();

    [GeneratedRegex(@"^/(?!.*(^|/)\.\.(/|\z))[^:]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex IsFolder();
}
