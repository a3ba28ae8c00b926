using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainer.Clusters;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>The JSON Schema of sweep files, so that an editor completes their keys and those of configurations in them.</summary>
internal static class SweepSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema: indented by two, LF, the same text every time.</summary>
    public static string Write() => new JsonObject
    {
        ["$schema"] = "http://json-schema.org/draft-07/schema#",
        ["title"] = "sweep",
        ["description"] = "Many runs side by side: trainer sweep FILE",
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = new JsonArray("name"),
        ["properties"] = new JsonObject
        {
            ["name"] = Of("string", "names the sweep and its folder under results/sweeps"),
            ["base"] = Of("string", "the configuration that all cells start from, relative to this file"),
            ["configs"] = List("the configurations, instead of base where there are several", new JsonObject { ["type"] = "string" }),
            ["set"] = Settings("settings of every cell, as by --set", new JsonObject()),
            ["grid"] = Settings("every value of each key with every value of the others", List(null, new JsonObject())),
            ["zip"] = Settings("values that belong together one by one; all lists are of one length", List(null, new JsonObject())),
            ["random"] = Random(),
            ["seeds"] = new JsonObject
            {
                ["description"] = "seeds of each: 3, 1-5, 1-3,7 or a list; without, the seed of the configuration",
                ["type"] = new JsonArray("integer", "string", "array"),
            },
            ["halving"] = new JsonObject
            {
                ["description"] = "trains all for the epochs of the first rung, the best of them by validation for those of the next, and so on",
                ["type"] = "object",
                ["additionalProperties"] = false,
                ["required"] = new JsonArray("rungs"),
                ["properties"] = new JsonObject
                {
                    ["rungs"] = List("epochs of each rung, rising", new JsonObject { ["type"] = "integer", ["minimum"] = 1 }),
                },
            },
            ["cluster"] = ClusterSchema.Write(),
        },
    }.ToJsonString(Indented) + "\n";

    private static JsonObject Random()
    {
        var kinds = new JsonObject();
        foreach (string name in RandomReader.Distributions)
        {
            kinds[name] = List(null, new JsonObject());
        }
        return new JsonObject
        {
            ["description"] = "settings drawn by chance",
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray("samples", "keys"),
            ["properties"] = new JsonObject
            {
                ["samples"] = new JsonObject { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = SweepPlanner.MostCells },
                ["seed"] = new JsonObject { ["type"] = "integer", ["minimum"] = 0, ["default"] = 1 },
                ["keys"] = Settings("what is drawn, and from what: uniform and log_uniform from [least, largest], choice from a list", new JsonObject
                {
                    ["type"] = "object",
                    ["additionalProperties"] = false,
                    ["minProperties"] = 1,
                    ["maxProperties"] = 1,
                    ["properties"] = kinds,
                }),
            },
        };
    }

    private static JsonObject Of(string type, string description) => new() { ["description"] = description, ["type"] = type };

    private static JsonObject List(string? description, JsonObject items)
    {
        JsonObject list = description is null ? [] : new JsonObject { ["description"] = description };
        list["type"] = "array";
        list["minItems"] = 1;
        list["items"] = items;
        return list;
    }

    private static JsonObject Settings(string description, JsonObject value) => new()
    {
        ["description"] = description,
        ["type"] = "object",
        ["minProperties"] = 1,
        ["propertyNames"] = new JsonObject { ["enum"] = new JsonArray([.. Keys().Select(key => JsonValue.Create(key))]) },
        ["additionalProperties"] = value,
    };

    private static IEnumerable<string> Keys() =>
        KeyTable.Of(typeof(Experiment)).Select(row => row.Path).Where(path => path is not ("name" or "seed")).Distinct();
}
