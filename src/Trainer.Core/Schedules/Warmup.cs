using System.ComponentModel;
using Trainer.Configuration;
using Trainer.Formulas;

namespace Trainer.Schedules;

/// <summary>
/// A rise of the rate over the first W steps: step k has f = s + (1 − s)·p((k − 1)/W) times the first rate of the schedule,
/// with p(x) = x (linear) or ½(1 − cos πx) (cosine), so that step W + 1 is the first with the whole rate.
/// </summary>
/// <remarks>The linear one is PyTorch's <c>LinearLR</c> with total_iters = W, stepped after every batch. Goyal et al.,
/// "Accurate, large minibatch SGD" (2017), section 2.2.</remarks>
[Description("a rise of the learning rate over the first steps")]
public sealed record Warmup : IValidated
{
    /// <summary>How it rises.</summary>
    [Description("linear, or along half a wave of the cosine")]
    public WarmupKind Kind { get; init; } = WarmupKind.Linear;

    /// <summary>W, in steps.</summary>
    [Bounds(1, 1_000_000_000)]
    [Description("length in steps; give this or epochs")]
    public int? Steps { get; init => field = value is { } steps ? Guard.InBounds<Warmup>(steps) : null; }

    /// <summary>W, in epochs.</summary>
    [Bounds(1, 100000)]
    [Description("length in epochs; give this or steps")]
    public int? Epochs { get; init => field = value is { } epochs ? Guard.InBounds<Warmup>(epochs) : null; }

    /// <summary>s, the part of the rate that the first step has.</summary>
    [Bounds(0, 1)]
    [Description("part of the rate that the first step has")]
    public double StartFactor { get; init => field = Guard.InBounds<Warmup>(value); } = 0.1;

    /// <summary>W in steps.</summary>
    public long Length(long stepsPerEpoch) => Steps ?? (Epochs ?? 0) * stepsPerEpoch;

    /// <summary>The factor after <paramref name="t"/> of <paramref name="length"/> steps.</summary>
    public double Factor(long t, long length)
    {
        double x = (double)t / length;
        // ½(1 − cos πx) = ½(1 + cos π(1 − x)).
        double part = Kind == WarmupKind.Linear ? x : Elementary64.HalfWave(1 - x);
        return StartFactor + (1 - StartFactor) * part;
    }

    /// <inheritdoc/>
    public IEnumerable<(string Key, string Problem)> Problems() => (Steps, Epochs) switch
    {
        (null, null) => [("steps", "how long is the warm-up? give steps or epochs, e.g. 'epochs: 1'")],
        ({ }, { }) => [("steps", "and epochs both say how long the warm-up is; remove one of them")],
        _ => [],
    };
}
