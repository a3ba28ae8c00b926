using System.Text.Json;
using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Tests.Yaml;

public class SchemaWriterTests
{
    private static readonly JsonElement Schema = JsonDocument.Parse(SchemaWriter.Write(typeof(SampleExperiment))).RootElement;

    // JSON is YAML in flow style, so that the schema and the reader can be asked about the same text.
    public static TheoryData<string> GoodConfigs =>
    [
        """{"optimizer": {"name": "sgd", "lr": 0.1}}""",
        """{"optimizer": {"name": "adam-2015", "lr": 1e-3, "betas": [0, 0.5], "weight_decay": 0.5}, "seed": 18446744073709551615}""",
        """{"optimizer": {"lr": 1, "name": "sgd", "nesterov": true}, "model": {"hidden": [], "activation": "lrelu"}}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "model": {"activation": {"name": "leaky-relu"}}, "data": {}, "name": "x"}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "clip_norm": null, "note": null, "schedule": null, "mixing": null}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "clip_norm": 2.5, "note": "n", "schedule": "cosine", "mixing": {"alpha": 0.4}}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "schedule": {"name": "steps", "at": [-1]}, "device": "cuda", "epochs": 0}""",
    ];

    public static TheoryData<string> BadConfigs =>
    [
        """{}""",
        """{"optimizer": "sgd"}""",
        """{"optimizer": {"lr": 1}}""",
        """{"optimizer": {"name": "sgd"}}""",
        """{"optimizer": {"name": "lion", "lr": 1}}""",
        """{"optimizer": {"name": "adam", "lr": 1, "momentum": 0.5}}""",
        """{"optimizer": {"name": "sgd", "lr": 0}}""",
        """{"optimizer": {"name": "sgd", "lr": "1"}}""",
        """{"optimizer": {"name": "adam", "lr": 1, "betas": [0, 1]}}""",
        """{"optimizer": {"name": "adam", "lr": 1, "betas": 0.9}}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "optimzer": 1}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "data": {"sauce": "auto"}}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "data": {"source": "Auto"}}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "seed": -1}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "batch_size": 64.5}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "batch_size": 65537}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "batch_size": null}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "evaluate_train": "yes"}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "model": {"activation": "gelu"}}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "model": {"activation": {"name": "relu", "slope": 1}}}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "model": {"hidden": [0]}}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "schedule": "steps"}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "mixing": {}}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "mixing": {"alpha": 0.5}}""",
        """{"optimizer": {"name": "sgd", "lr": 1}, "name": 1}""",
    ];

    [Theory]
    [MemberData(nameof(GoodConfigs))]
    public void Write_AcceptsWhatTheReaderAccepts(string json)
    {
        Assert.True(SchemaCheck.Accepts(Schema, JsonDocument.Parse(json).RootElement));
        ConfigReader.ReadText<SampleExperiment>(json, "c.yaml");
    }

    [Theory]
    [MemberData(nameof(BadConfigs))]
    public void Write_RefusesWhatTheReaderRefuses(string json)
    {
        Assert.False(SchemaCheck.Accepts(Schema, JsonDocument.Parse(json).RootElement));
        Assert.Throws<ConfigException>(() => ConfigReader.ReadText<SampleExperiment>(json, "c.yaml"));
    }

    [Fact]
    public void Write_GivesDefaultsThatItAccepts() => AssertDefaults(Schema);

    [Fact]
    public void Write_TellsEditorsWhatKeysMean()
    {
        JsonElement keys = Schema.GetProperty("properties");
        Assert.Equal("http://json-schema.org/draft-07/schema#", Schema.GetProperty("$schema").GetString());
        Assert.Equal("Rows per step.", keys.GetProperty("batch_size").GetProperty("description").GetString());
        Assert.Equal(64, keys.GetProperty("batch_size").GetProperty("default").GetInt32());
        // Without a description of its own a key has that of its type.
        Assert.Equal("What a unit does to its sum.", keys.GetProperty("model").GetProperty("properties")
            .GetProperty("activation").GetProperty("description").GetString());
        Assert.False(keys.GetProperty("optimizer").TryGetProperty("default", out _));
        Assert.Equal(
            """["name","model","optimizer","batch_size","epochs","seed","data","device","evaluate_train","clip_norm","note","schedule","mixing"]""",
            JsonSerializer.Serialize(keys.EnumerateObject().Select(key => key.Name)));
    }

    [Fact]
    public void Write_GivesTheSameTextEveryTime_IndentedByTwo()
    {
        string text = SchemaWriter.Write(typeof(SampleExperiment));
        Assert.Equal(text, SchemaWriter.Write(typeof(SampleExperiment)));
        Assert.StartsWith("{\n  \"$schema\": ", text);
        Assert.EndsWith("\n}\n", text);
        Assert.DoesNotContain('\r', text);
        Assert.Contains("        \"hidden\": [\n          128,\n          64\n        ],\n", text);
    }

    private static void AssertDefaults(JsonElement schema)
    {
        if (schema.ValueKind == JsonValueKind.Array)
        {
            Assert.All(schema.EnumerateArray(), AssertDefaults);
        }
        else if (schema.ValueKind == JsonValueKind.Object)
        {
            if (schema.TryGetProperty("default", out JsonElement value))
            {
                Assert.True(SchemaCheck.Accepts(schema, value), schema.ToString());
            }
            Assert.All(
                schema.EnumerateObject().Where(keyword => keyword.Name is not ("default" or "const" or "enum" or "required" or "type")),
                keyword => AssertDefaults(keyword.Value));
        }
    }
}
