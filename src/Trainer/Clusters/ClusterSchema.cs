using System.Text.Json.Nodes;

namespace Trainer.Clusters;

/// <summary>The key <c>cluster</c> in the JSON Schema of sweep files.</summary>
internal static class ClusterSchema
{
    /// <summary>Its schema.</summary>
    public static JsonObject Write()
    {
        JsonObject shared = Properties(ClusterKeys.Shared);
        shared[ClusterKeys.SbatchArguments] = new JsonObject
        {
            ["description"] = "further options of sbatch, as --qos=long",
            ["type"] = "array",
            ["minItems"] = 1,
            ["items"] = new JsonObject { ["type"] = "string", ["pattern"] = "^--[a-z]" },
        };
        shared[ClusterKey.Kubernetes] = Mapping("what only --launcher kubernetes takes", Properties(ClusterKeys.OfKubernetes));
        return Mapping("what the sweep asks of a cluster, with --launcher slurm or kubernetes; options of the command line come before it", shared);
    }

    private static JsonObject Mapping(string description, JsonObject properties) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["minProperties"] = 1,
        ["properties"] = properties,
    };

    private static JsonObject Properties(IReadOnlyList<ClusterKey> keys)
    {
        var properties = new JsonObject();
        foreach (ClusterKey key in keys)
        {
            var property = new JsonObject { ["description"] = key.Description };
            if (key is CountKey count)
            {
                property["type"] = "integer";
                property["minimum"] = count.Least;
                property["maximum"] = count.Most;
            }
            else
            {
                property["type"] = new JsonArray("string", "integer");
            }
            properties[key.Name] = property;
        }
        return properties;
    }
}
