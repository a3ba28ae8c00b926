using System.Text.Json;
using System.Text.Json.Serialization;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Tests.Engines;

/// <summary>What PyTorch made of a small network with everything that a training may have: <c>Golden/features.json</c>, which says the
/// version.</summary>
internal sealed record GoldenFeatures
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public required string About { get; init; }

    public required string Torch { get; init; }

    public required ulong Seed { get; init; }

    public required int BatchSize { get; init; }

    public required byte[] Pixels { get; init; }

    public required int PixelsPerImage { get; init; }

    public required int[] Labels { get; init; }

    public required int Classes { get; init; }

    /// <summary>The rows of each epoch, in order.</summary>
    public required IReadOnlyList<int[]> Orders { get; init; }

    public required IReadOnlyList<Case> Cases { get; init; }

    public static GoldenFeatures Read()
    {
        using Stream file = typeof(GoldenFeatures).Assembly.GetManifestResourceStream("Golden/features.json")!;
        return JsonSerializer.Deserialize<GoldenFeatures>(file, Options)!;
    }

    /// <summary>The case as an experiment, by the way of every configuration; JSON is YAML.</summary>
    public Experiment Experiment(Case one) => ConfigReader.ReadText<Experiment>(
        $"name: golden\nseed: {Seed}\nbatch_size: {BatchSize}\nepochs: {Orders.Count}\nmodel: {OnOneLine(one.Model)}\n"
            + string.Concat(one.Config.Select(entry => $"{entry.Key}: {OnOneLine(entry.Value)}\n")),
        one.Name);

    /// <summary>The images, to train on and to measure.</summary>
    public DataSet Data()
    {
        var images = new ImageSet(Pixels, [.. Labels.Select(label => (byte)label)], 1, PixelsPerImage);
        return new DataSet("golden", "", "random pixels", images, images, [.. Enumerable.Range(0, Classes).Select(c => $"{c}")]);
    }

    /// <summary>An epoch, from 1, as a run would plan it, with noise on its inputs where the experiment has it.</summary>
    public EpochPlan Plan(Experiment experiment, TrainingSetup setup, int epoch)
    {
        int[] order = Orders[epoch - 1];
        long steps = (order.Length + BatchSize - 1) / BatchSize;
        var plan = new EpochPlan(order, BatchSize, (epoch - 1) * steps, _ => setup.Optimizer.Lr);
        if (experiment.InputNoise is { } noise)
        {
            plan.Inputs = new PreparedInputs(PixelsPerImage);
            plan.Inputs.Fill(setup.Data.Train, plan, .., augmentation: null, noise, Seed, (uint)epoch);
        }
        return plan;
    }

    private static string OnOneLine(JsonElement element) =>
        string.Join(' ', element.GetRawText().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>One training: its start, the gradient of the data on the first batch, the mean loss of each step before its update, what
    /// came of it, and the loss that is measured then.</summary>
    /// <param name="Name">What it has.</param>
    /// <param name="Model">As a configuration writes it.</param>
    /// <param name="Config">Other keys of the configuration.</param>
    /// <param name="Initial">Parameters.</param>
    /// <param name="Gradient">Of the first batch.</param>
    /// <param name="Losses">One for each step.</param>
    /// <param name="Parameters">After the last step.</param>
    /// <param name="Statistics">Running ones, then; empty without a normalisation.</param>
    /// <param name="Average">Of the parameters; empty where none is kept.</param>
    /// <param name="Evaluation">Mean loss over all rows, as they are.</param>
    public sealed record Case(
        string Name, JsonElement Model, Dictionary<string, JsonElement> Config, float[] Initial, float[] Gradient, float[] Losses,
        float[] Parameters, float[] Statistics, float[] Average, double Evaluation);
}
