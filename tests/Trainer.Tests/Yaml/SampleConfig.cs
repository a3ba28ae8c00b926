using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Tests.Yaml;

// A configuration with one key of every kind, for the tests of the reader, the writers and the tables.

[Description("One training run.")]
internal sealed record SampleExperiment : IValidated
{
    [Description("What the run folder is called.")]
    public string Name { get; init; } = "run";

    public SampleModel Model { get; init; } = new();

    [Description("How the weights move.")]
    public required SampleOptimizer Optimizer { get; init; }

    [Bounds(1, 65536)]
    [Description("Rows per step.")]
    public int BatchSize { get; init => field = Guard.InBounds<SampleExperiment>(value); } = 64;

    [Bounds(0, 100000)]
    public int Epochs { get; init => field = Guard.InBounds<SampleExperiment>(value); } = 20;

    [NotIdentity]
    public ulong Seed { get; init; } = 1;

    public SampleData Data { get; init; } = new();

    [NotIdentity]
    public SampleDevice Device { get; init; } = SampleDevice.Auto;

    public bool EvaluateTrain { get; init; } = true;

    [Bounds(0, ExclusiveMinimum = true)]
    public double? ClipNorm { get; init; }

    public string? Note { get; init; }

    public SampleSchedule? Schedule { get; init; }

    public SampleMixing? Mixing { get; init; }

    /// <summary>Computed, so no key.</summary>
    public int Steps => Epochs * BatchSize;

    public IEnumerable<(string Key, string Problem)> Problems()
    {
        if (Schedule is SampleCosine && Epochs == 0)
        {
            yield return ("epochs", "0 leaves nothing to schedule; remove 'schedule' or train longer");
        }
        if (Data.Validation > 0.5 && BatchSize > 1000)
        {
            yield return ("data.validation", "leaves less than one batch; take at most 0.5");
        }
        if (Data.Source != SampleSource.FashionMnist && Name == "fashion-mnist")
        {
            yield return ("data.source", "is not what the name says; choose another name");
        }
    }
}

internal sealed record SampleModel
{
    [Bounds(1, 4096)]
    [Description("Units of each hidden layer.")]
    public IReadOnlyList<int> Hidden { get; init => field = Guard.InBounds<SampleModel, int>(value); } = [128, 64];

    public SampleActivation Activation { get; init; } = new SampleRelu();
}

[Description("What a unit does to its sum.")]
internal abstract record SampleActivation;

[ConfigName("relu")]
internal sealed record SampleRelu : SampleActivation;

[ConfigName("leaky-relu", "lrelu")]
[Description("max(z, slope z).")]
internal sealed record SampleLeakyRelu : SampleActivation
{
    [Bounds(0, 1, ExclusiveMaximum = true)]
    public double Slope { get; init => field = Guard.InBounds<SampleLeakyRelu>(value); } = 0.01;
}

internal abstract record SampleOptimizer
{
    [Bounds(0, ExclusiveMinimum = true)]
    [Description("Step size | per step.")]
    public required double Lr { get; init => field = Guard.InBounds<SampleOptimizer>(value); }

    public virtual double WeightDecay { get; init; }
}

[ConfigName("sgd")]
internal sealed record SampleSgd : SampleOptimizer
{
    [Bounds(0, 1)]
    public double Momentum { get; init; }

    public bool Nesterov { get; init; }
}

[ConfigName("adam", "adam-2015")]
internal sealed record SampleAdam : SampleOptimizer
{
    [Bounds(0, 1, ExclusiveMaximum = true)]
    public IReadOnlyList<double> Betas
    {
        get;
        init => field = value.Count == 2 ? value : throw new ArgumentException("needs two numbers");
    } = [0.9, 0.999];

    // The name of the parameter is what .NET adds to the message for programmers.
    public double Eps { get; init => field = value != 0 ? value : throw new ArgumentException("must not be 0", nameof(value)); } = 1e-8;

    [Bounds(0, 0.5)]
    public override double WeightDecay { get; init; } = 0.01;
}

internal sealed record SampleData : IValidated
{
    public SampleSource Source { get; init; } = SampleSource.Auto;

    [Bounds(0, 1, ExclusiveMaximum = true)]
    public double Validation { get; init; }

    [NotIdentity]
    public string? Folder { get; init; }

    public IEnumerable<(string Key, string Problem)> Problems()
    {
        if (Folder is not null && Source == SampleSource.EmbeddedGarments)
        {
            yield return ("folder", "embedded garments come from no folder; remove it");
        }
    }
}

internal enum SampleSource
{
    Auto,
    FashionMnist,
    EmbeddedGarments,
}

internal enum SampleDevice
{
    Auto,
    Cpu,
    Cuda,
}

internal abstract record SampleSchedule;

[ConfigName("cosine")]
internal sealed record SampleCosine : SampleSchedule
{
    [Bounds(0, 1)]
    public double Final { get; init; }
}

[ConfigName("steps")]
internal sealed record SampleSteps : SampleSchedule
{
    public required IReadOnlyList<int> At { get; init; }
}

internal sealed record SampleMixing
{
    [Bounds(0.2, 0.4)]
    public required double Alpha { get; init; }

    [NotIdentity]
    public SampleDevice On { get; init; } = SampleDevice.Cpu;
}
