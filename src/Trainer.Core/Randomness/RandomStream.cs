namespace Trainer.Randomness;

/// <summary>
/// The independent sources of randomness. Each has its own part of the generator's counter space, so that what one
/// of them draws never depends on how much another has drawn. The numbers are part of the format: never renumber.
/// </summary>
public enum RandomStream : uint
{
    /// <summary>Initial weights and biases; the step is the index of the tensor in network order.</summary>
    Initialization = 0,

    /// <summary>The order of the training rows; the step is the epoch, from 1.</summary>
    Shuffle = 1,

    /// <summary>Dropout masks.</summary>
    Dropout = 2,

    /// <summary>Noise added to the input.</summary>
    Noise = 3,

    /// <summary>Distortions of the images.</summary>
    Augmentation = 4,

    /// <summary>Which training rows become the validation split.</summary>
    ValidationSplit = 5,

    /// <summary>The embedded garments, drawn by our own code.</summary>
    Garments = 6,

    /// <summary>Which images <c>trainer show</c> picks.</summary>
    Show = 7,

    /// <summary>The samples of a random search over settings; the step is the place of the key in the sweep file, from 0.</summary>
    Sweep = 8,

    /// <summary>How <c>trainer compare</c> rearranges runs; the step is 0 for signs, and the number of the draw, from 1, for samples.</summary>
    Permutation = 9,

    /// <summary>Which elements <c>trainer gradcheck</c> looks at; the step is the index of the tensor. Behind the last tensor:
    /// how far it moves the parameters. Step 0 also has the gradients that it tries an update rule on.</summary>
    GradientCheck = 16,
}
