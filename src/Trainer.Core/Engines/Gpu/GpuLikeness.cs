using Trainer.Data;

namespace Trainer.Engines.Gpu;

/// <summary>What networks have in common that a device can train side by side, and nothing else: two setups are alike where theirs are
/// equal. Making one costs as much as a setup, comparing two nothing; it keeps no setup.</summary>
public sealed record GpuLikeness
{
    private GpuLikeness(TrainingSetup setup)
    {
        var formulas = new GpuFormulas(setup);
        Sizes = string.Join(',', setup.Shape.Sizes);
        Formulas = string.Join(',', [formulas.Rule, $"{formulas.MayPassRows}", .. formulas.Activations]);
        Features = formulas.Features;
        Rows = (setup.BatchSize, setup.RowsTogether);
        Counts = (setup.Data.Train.Count, setup.Data.Validation?.Count, setup.Data.Test.Count);
        Images = (setup.Data.Train.Source, setup.Data.Test.Source);
    }

    /// <summary>That of <paramref name="setup"/>.</summary>
    public static GpuLikeness Of(TrainingSetup setup) => new(setup);

    /// <summary>Units of the layers.</summary>
    internal string Sizes { get; }

    /// <summary>The names of the kernels' formulas.</summary>
    internal string Formulas { get; }

    /// <summary>What there is beside them.</summary>
    internal GpuFeatures Features { get; }

    /// <summary>Rows of a step, and of those the rows that pass at a time.</summary>
    internal (int Step, int Together) Rows { get; }

    /// <summary>Rows of the splits.</summary>
    internal (int Train, int? Validation, int Test) Counts { get; }

    /// <summary>Where they come from: the very same images, not equal ones.</summary>
    internal (ImageSet Train, ImageSet Test) Images { get; }
}
