using Trainer.Activations;
using Trainer.Data;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Regularizers;

namespace Trainer.Engines;

/// <summary>Everything an engine needs to know once; what changes with the epoch comes in an <see cref="EpochPlan"/>.</summary>
/// <param name="Network">What is computed; the input is one image.</param>
/// <param name="Optimizer">The update rule and its constants.</param>
/// <param name="Data">The rows.</param>
/// <param name="BatchSize">The largest number of rows in a step.</param>
public sealed record TrainingSetup(Mlp Network, Optimizer Optimizer, SplitSet Data, int BatchSize)
{
    // What a layer computes for a batch lies in one array, padded.
    private const long MostNumbers = 2_000_000_000;

    /// <summary>The same with a plain network: one activation behind all hidden layers, softmax and cross-entropy.</summary>
    public TrainingSetup(MlpShape shape, Activation activation, Optimizer optimizer, SplitSet data, int batchSize)
        : this(new Mlp(shape, activation), optimizer, data, batchSize)
    {
    }

    /// <summary>Layer sizes.</summary>
    public MlpShape Shape => Network.Shape;

    /// <summary>What keeps weights small.</summary>
    public Regularization Regularization { get; init; } = new();

    /// <summary>The bound on the gradient; null for none.</summary>
    public GradientClipping? Clipping { get; init; }

    /// <summary>The average of the parameters that is kept beside them; null for none.</summary>
    public WeightAverage? Average { get; init; }

    /// <summary>Rows that pass through the network at a time, where a whole batch would take too much memory; changes no bit.
    /// Null for whole batches.</summary>
    public int? MicroBatch { get; init; }

    /// <summary>The key of all randomness, for dropout.</summary>
    public ulong Seed { get; init; }

    /// <summary>Rows that pass through the network at a time.</summary>
    public int RowsTogether => Math.Min(MicroBatch ?? BatchSize, BatchSize);

    /// <summary>What is done to gradients of weights (or of other parameters) before the update rule.</summary>
    public GradientTerms Terms(ParameterKind kind) =>
        GradientTerms.Of(Regularization, Clipping, weights: kind == ParameterKind.Weight);

    /// <summary>This setup, after checking that its parts fit one another.</summary>
    /// <exception cref="ArgumentException">They do not; the message says how.</exception>
    public TrainingSetup Checked()
    {
        Network.Checked();
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(RowsTogether, 1, nameof(MicroBatch));
        long widest = Shape.Sizes.Max();
        if (widest * RowsTogether > MostNumbers)
        {
            throw new ArgumentException($"a batch of {RowsTogether} rows of {widest} units is too large; choose fewer of either");
        }
        CheckNormalization();
        foreach (Split split in new[] { Data.Train, Data.Validation, Data.Test }.OfType<Split>())
        {
            if (split.Source.PixelsPerImage != Shape.Inputs)
            {
                throw new ArgumentException($"images of {split.Source.PixelsPerImage} pixels do not fit {Shape.Inputs} inputs");
            }
            if (split.Images.Any(image => split.Source.Labels[image] >= Shape.Outputs))
            {
                throw new ArgumentException($"a label does not fit {Shape.Outputs} outputs");
            }
        }
        return this;
    }

    private void CheckNormalization()
    {
        if (Network.BatchNorm is null)
        {
            return;
        }
        if (MicroBatch is not null)
        {
            throw new ArgumentException("batch normalisation needs all rows of a batch at once, and a micro-batch has not got them");
        }
        if (Average is not null)
        {
            throw new ArgumentException("the running statistics of batch normalisation are those of the weights, not of their average");
        }
        // How many rows the last batch has is a matter of what is trained on: an engine that only evaluates may have any.
        if (BatchSize == 1)
        {
            throw new ArgumentException("batch normalisation with one row in a batch: its variance is 0 and every unit would be its shift");
        }
    }
}
