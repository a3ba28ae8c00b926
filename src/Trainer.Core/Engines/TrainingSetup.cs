using Trainer.Activations;
using Trainer.Data;
using Trainer.Networks;
using Trainer.Optimizers;

namespace Trainer.Engines;

/// <summary>Everything an engine needs to know once; what changes with the epoch comes in an <see cref="EpochPlan"/>.</summary>
/// <param name="Shape">Layer sizes; the input is one image.</param>
/// <param name="Activation">f behind every hidden layer; the output layer is linear, under a softmax.</param>
/// <param name="Optimizer">The update rule and its constants.</param>
/// <param name="Data">The rows.</param>
/// <param name="BatchSize">The largest number of rows in a step.</param>
public sealed record TrainingSetup(MlpShape Shape, Activation Activation, Optimizer Optimizer, SplitSet Data, int BatchSize)
{
    // What a layer computes for a batch lies in one array, padded.
    private const long MostNumbers = 2_000_000_000;

    /// <summary>This setup, after checking that data and shape fit each other.</summary>
    /// <exception cref="ArgumentException">They do not; the message says how.</exception>
    public TrainingSetup Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        long widest = Shape.Sizes.Max();
        if (widest * BatchSize > MostNumbers)
        {
            throw new ArgumentException($"a batch of {BatchSize} rows of {widest} units is too large; choose fewer of either");
        }
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
}
