using System.Globalization;
using System.Text;
using Trainer.Yaml;

namespace Trainer.Clusters;

/// <summary>The key <c>cluster</c> of a sweep file, always written alike.</summary>
internal static class ClusterText
{
    /// <summary>The lines; none where all is as it is by itself. They read back as the same settings.</summary>
    public static string Of(ClusterSettings settings)
    {
        var text = new StringBuilder(Lines(ClusterKeys.Shared, settings, "  "));
        if (settings.SbatchArguments.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {ClusterKeys.SbatchArguments}: [{string.Join(", ", settings.SbatchArguments.Select(FlowText.Quoted))}]\n");
        }
        string kubernetes = Lines(ClusterKeys.OfKubernetes, settings, "    ");
        text.Append(kubernetes.Length == 0 ? "" : $"  {ClusterKey.Kubernetes}:\n{kubernetes}");
        return text.Length == 0 ? "" : $"{ClusterReader.Key}:\n{text}";
    }

    private static string Lines(IReadOnlyList<ClusterKey> keys, ClusterSettings settings, string indent) =>
        string.Concat(keys.Select(key => (key.Name, Value: key.ValueIn(settings))).Where(key => key.Value is not null).Select(key =>
            string.Create(CultureInfo.InvariantCulture, $"{indent}{key.Name}: {(key.Value is string text ? FlowText.Quoted(text) : key.Value)}\n")));
}
