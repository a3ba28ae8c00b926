using System.Text.Json;
using System.Text.Json.Serialization;
using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Initializers;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Tests.Engines;

/// <summary>What PyTorch made of small networks: <c>Golden/pytorch.json</c>, which says the version.</summary>
internal sealed record GoldenRuns
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

    public required int Epochs { get; init; }

    public required byte[] Pixels { get; init; }

    public required int PixelsPerImage { get; init; }

    public required int[] Labels { get; init; }

    public required int Classes { get; init; }

    /// <summary>For each initialiser, as a configuration writes it, the SHA-256 of the parameters of a network with one hidden layer of 17.</summary>
    public required Dictionary<string, string> InitialSha256 { get; init; }

    /// <summary>Learning rates over <see cref="Epochs"/>.</summary>
    public required ScheduleRates Schedules { get; init; }

    /// <summary>What <c>reduce_on_plateau</c> makes of sequences of values, from the rate of <see cref="Schedules"/>.</summary>
    public required IReadOnlyList<Plateau> Plateaus { get; init; }

    public required IReadOnlyList<Network> Networks { get; init; }

    public static GoldenRuns Read()
    {
        using Stream file = typeof(GoldenRuns).Assembly.GetManifestResourceStream("Golden/pytorch.json")!;
        return JsonSerializer.Deserialize<GoldenRuns>(file, Options)!;
    }

    /// <summary>An initialiser as a configuration writes it: a name, or a mapping on one line.</summary>
    public static Initializer InitializerOf(string text) =>
        ConfigReader.ReadText<Model>($"hidden: []\ninit: {text}", "golden").Init;

    public MlpShape Shape(IReadOnlyList<int> hidden) => new([PixelsPerImage, .. hidden, Classes]);

    public TrainingSetup Setup(Network network, Optimizer optimizer)
    {
        var split = new Split(new ImageSet(Pixels, [.. Labels.Select(label => (byte)label)], 1, PixelsPerImage));
        Activation activation = network.Activation switch
        {
            "relu" => new Relu(),
            "sigmoid" => new Sigmoid(),
            _ => throw new InvalidDataException(network.Activation),
        };
        return new TrainingSetup(Shape(network.Hidden), activation, optimizer, new SplitSet(split, null, split), BatchSize);
    }

    /// <summary>For each schedule, as a configuration writes it, the rate of every step.</summary>
    public sealed record ScheduleRates(double Lr, long StepsPerEpoch, Dictionary<string, double[]> Rates);

    /// <summary>The rate of each epoch, when the one before it measured the value before.</summary>
    public sealed record Plateau(string Schedule, double[] Values, double[] Rates);

    /// <summary>One network: its start, the gradient of its first step, and how it learned.</summary>
    public sealed record Network(
        IReadOnlyList<int> Hidden,
        string Activation,
        string Init,
        string InitialSha256,
        float[] Gradient,
        IReadOnlyList<Learning> Runs);

    /// <summary>The mean loss of each step, before its update.</summary>
    public sealed record Learning(OptimizerSettings Optimizer, double[] Losses);

    /// <summary>The keys of a configuration's optimizer.</summary>
    public sealed record OptimizerSettings(
        string Name, double Lr, double Momentum = 0, bool Nesterov = false, double[]? Betas = null, double Eps = 0)
    {
        public Optimizer Create() => Name switch
        {
            "sgd" => new Sgd { Lr = Lr, Momentum = Momentum, Nesterov = Nesterov },
            "adam" => new Adam { Lr = Lr, Betas = Betas!, Eps = Eps },
            _ => throw new InvalidDataException(Name),
        };
    }
}
