using System.ComponentModel;
using Trainer.Augmentations;
using Trainer.Configuration;
using Trainer.Data;
using Trainer.Losses;
using Trainer.Optimizers;
using Trainer.Regularizers;
using Trainer.Schedules;

namespace Trainer.Runs;

/// <summary>One experiment, whole: with the data set it says everything that decides its numbers.</summary>
[Description("One Fashion-MNIST experiment: trainer run FILE")]
public sealed record Experiment : IValidated
{
    /// <summary>Longest name of an experiment, so that the run folder's path stays short enough everywhere.</summary>
    public const int LongestName = 100;

    /// <summary>The name of the experiment and of its folder under <c>results</c>.</summary>
    [Description("names the experiment and its folder under results; letters, digits, '-', '_' and '.'")]
    public required string Name { get; init => field = CheckName(value); }

    /// <summary>The network.</summary>
    [Description("the network")]
    public required Model Model { get; init; }

    /// <summary>How the parameters follow their gradients.</summary>
    [Description("the update rule and its constants")]
    public required DescentMethod Optimizer { get; init; }

    /// <summary>What training makes small.</summary>
    [AddedLater]
    [Description("what training makes small")]
    public Loss Loss { get; init; } = new CrossEntropy();

    /// <summary>What keeps weights small.</summary>
    [AddedLater]
    [Description("what keeps weights small")]
    public Regularization Regularization { get; init; } = new();

    /// <summary>The bound on the gradient.</summary>
    [AddedLater]
    [Description("a bound on the gradient, before the update rule")]
    public GradientClipping? Clipping { get; init; }

    /// <summary>The average of the parameters that is measured and saved.</summary>
    [AddedLater]
    [Description("an exponential moving average of the parameters, measured and saved in their place")]
    public WeightAverage? Ema { get; init; }

    /// <summary>The learning rate of each step.</summary>
    [AddedLater]
    [Description("how the learning rate moves during the run")]
    public Schedule Schedule { get; init; } = new ConstantRate();

    /// <summary>Rows in a step; the last step of an epoch may have fewer.</summary>
    [Bounds(1, 60000)]
    [Description("rows per step; a short last batch is trained on, not dropped")]
    public int BatchSize { get; init => field = Guard.InBounds<Experiment>(value); } = 64;

    /// <summary>Rows that pass through the network at a time; changes no number.</summary>
    [AddedLater]
    [NotIdentity]
    [Bounds(1, 60000)]
    [Description("rows that pass through the network at a time, to save memory with large batches; changes no number; null for whole batches")]
    public int? MicroBatch { get; init => field = value is { } rows ? Guard.InBounds<Experiment>(rows) : null; }

    /// <summary>Passes over the training rows; 0 evaluates and saves the untrained network.</summary>
    [Bounds(0, 100000)]
    [Description("passes over the training rows; 0 evaluates and saves the untrained network")]
    public int Epochs { get; init => field = Guard.InBounds<Experiment>(value); } = 20;

    /// <summary>When to end before the last epoch; null for never.</summary>
    [AddedLater]
    [Description("ends the run once validation no longer improves, as {patience: 5}; needs data.validation; null trains all epochs")]
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>The key of all randomness.</summary>
    [NotIdentity]
    [Description("decides initial weights, batch order, the validation split, dropout, noise and distortions")]
    public ulong Seed { get; init; } = 1;

    /// <summary>Which images.</summary>
    [Description("which images are trained on")]
    public DataChoice Data { get; init; } = new();

    /// <summary>Where to compute; changes no number.</summary>
    [NotIdentity]
    [Description("auto, cpu, cuda, opencl or reference; cuda:1 is the second of several; changes no number")]
    public string Device { get; init; } = "auto";

    /// <summary>Whether the training set is measured at the end of each epoch.</summary>
    [Description("measure loss and accuracy on the training set after every epoch; false leaves the columns empty")]
    public bool EvaluateTrain { get; init; } = true;

    /// <summary>Distortions of the training images; none to train on them as they are.</summary>
    [AddedLater]
    [Description("random distortions of the training images, new ones in every epoch")]
    public Augmentation? Augmentation { get; init; }

    /// <summary>Noise on the inputs while training; none to leave it out.</summary>
    [AddedLater]
    [Description("normal noise on the inputs while training, behind any augmentation")]
    public InputNoise? InputNoise { get; init; }

    /// <summary>Whether the network is looked into after every epoch; changes no number.</summary>
    [AddedLater]
    [NotIdentity]
    [Description("record gradients, updates, dead and saturated units, norms and accuracy under noise after every epoch; takes time, changes no number")]
    public bool Diagnostics { get; init; }

    /// <summary>Whether the epochs' numbers are written as TensorBoard's events, too; changes no number.</summary>
    [AddedLater]
    [NotIdentity]
    [Description("write loss, accuracy, learning rate and gradient norms as TensorBoard's events, too; changes no number")]
    public bool Tensorboard { get; init; }

    /// <summary>Another run's weights to begin with; null to begin with those that <see cref="Model.Init"/> gives.</summary>
    [AddedLater]
    [Description("begins with the weights of another run, in the place of model.init; its optimizer's state is not taken")]
    public StartingWeights? From { get; init; }

    /// <summary>How often the run is kept; changes no number.</summary>
    [AddedLater]
    [NotIdentity]
    [Description("how often the run is kept, to go on from there after whatever ended it; changes no number")]
    public Checkpointing Checkpoint { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Problem)> Problems() => Contradictions.Of(this);

    // Windows takes these for devices, whatever ending follows.
    private static readonly HashSet<string> WindowsDevices =
    [
        "CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" }),
    ];

    /// <summary>Refuses a name that cannot be a folder's on every system.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name.</returns>
    /// <exception cref="ArgumentException">It cannot; the message says what can.</exception>
    public static string CheckName(string name)
    {
        bool fits = name.Length is > 0 and <= LongestName
            && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            && name[0] is not ('.' or '-') && name[^1] != '.'
            && !WindowsDevices.Contains(name.Split('.')[0].ToUpperInvariant());
        return fits
            ? name
            : throw new ArgumentException(
                $"'{name}' cannot name a folder; use up to {LongestName} letters, digits, '-', '_' and '.', beginning with a letter, digit or '_'");
    }
}
