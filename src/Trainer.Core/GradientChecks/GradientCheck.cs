using Trainer.Engines;
using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.GradientChecks.Faults;
using Trainer.Networks;
using Trainer.Randomness;
using Trainer.Regularizers;

namespace Trainer.GradientChecks;

/// <summary>
/// Compares the hand-written gradient of a training, penalties included, with central differences
/// (L(w + h) − L(w − h))/2h, all in binary64: on rows of the run's first step, with that step's dropout masks.
/// </summary>
/// <remarks>
/// The error is |a − n|/max(floor, |a| + |n|): relative, but a gradient that rounding hides (below about 10⁻³) counts as the floor, so
/// that its absolute difference decides. An element that does not agree is looked at again with an eighth of the step; where the loss
/// has a corner even within that (relu at 0, |w| at 0), there is no derivative to compare with, and the element is counted as a corner.
/// Bounds on the gradient (clipping), decoupled decay and max-norm act behind the gradient and have no part in it.
/// </remarks>
public sealed class GradientCheck
{
    /// <summary>The largest error that passes. Errors of right gradients were at most 4e-8 on the shipped configurations, from rounding; those
    /// of faults are mostly above 0.1, and a missing l2 penalty of 1e-7 is still found.</summary>
    public const double Tolerance = 1e-6;

    private const double CloserBy = 8;
    private readonly TrainingSetup _setup;
    private readonly GradientCheckOptions _options;
    private readonly Binary64[] _parameters;
    private readonly byte[] _labels;
    private readonly int[] _rows;
    private readonly NaiveNetwork<Binary64> _network;
    private readonly LossProbe _probe;
    private readonly double[] _gradient;
    private readonly List<TensorSample> _samples = [];

    /// <summary>The check of a training at a point.</summary>
    /// <param name="setup">The training.</param>
    /// <param name="parameters">The point, in the layout of the shape.</param>
    /// <param name="options">How much to look at.</param>
    /// <exception cref="ArgumentException">The options do not fit the training; the message says how.</exception>
    public GradientCheck(TrainingSetup setup, ReadOnlySpan<float> parameters, GradientCheckOptions options)
    {
        (_setup, _options) = (setup, options);
        EngineArguments.CheckLength(setup, parameters.Length);
        int least = setup.Network.BatchNorm is null ? 1 : 2;
        int most = Math.Min(setup.BatchSize, setup.Data.Train.Count);
        if (options.Rows < least || options.Rows > most)
        {
            throw new ArgumentException($"a step of this training has {least} to {most} rows, not {options.Rows}");
        }
        int[] order = new int[setup.Data.Train.Count];
        new Philox(setup.Seed, RandomStream.Shuffle, 1).Permutation(order);
        _rows = order[..options.Rows];
        _labels = [.. _rows.Select(setup.Data.Train.Label)];
        _parameters = Point(parameters);
        _network = Prepare(new NaiveNetwork<Binary64>(setup.Network, options.Rows));
        _probe = new LossProbe(setup, _network, _labels);
        _gradient = Gradient(_network, group => Terms(group.Kind));
    }

    /// <summary>The mean loss of the rows at the point, without penalties.</summary>
    public double Loss => _probe.Loss;

    /// <summary>How each tensor came out.</summary>
    public IReadOnlyList<TensorCheck> Check(CancellationToken cancellation = default)
    {
        TakeSamples(cancellation);
        return Compare(_gradient);
    }

    /// <summary>What the check says of each fault that can be in such a training.</summary>
    public IReadOnlyList<FaultOutcome> CheckFaults(CancellationToken cancellation = default)
    {
        TakeSamples(cancellation);
        var outcomes = new List<FaultOutcome>();
        foreach (GradientFault fault in GradientFault.All.Where(fault => fault.Applies(_setup)))
        {
            cancellation.ThrowIfCancellationRequested();
            outcomes.Add(Check(fault));
        }
        return outcomes;
    }

    private FaultOutcome Check(GradientFault fault)
    {
        NaiveNetwork<Binary64> network = Prepare(fault.Network(_setup.Network, _rows.Length));
        network.Forward(_labels, new Binary64[_rows.Length], new int[_rows.Length], _setup.Network.Dropout > 0);
        double[] gradient = Gradient(network, group => fault.Terms(Terms(group.Kind)));
        if (gradient.AsSpan().SequenceEqual(_gradient))
        {
            return new FaultOutcome(fault.Name, FaultVerdict.NoChange, 0, null);
        }
        TensorCheck[] found = [.. Compare(gradient).Where(tensor => tensor.Worst is not null)];
        if (found.Length == 0)
        {
            return new FaultOutcome(fault.Name, FaultVerdict.Missed, 0, null);
        }
        TensorCheck worst = found.MaxBy(tensor => tensor.Worst!.Value.Error)!;
        return new FaultOutcome(
            fault.Name, worst.Passed ? FaultVerdict.Missed : FaultVerdict.Caught, worst.Worst!.Value.Error, worst.Group);
    }

    private TensorCheck[] Compare(double[] gradient) => [.. _samples.Select(sample => Compare(sample, gradient))];

    private TensorCheck Compare(TensorSample sample, double[] gradient)
    {
        int corners = 0;
        int zeros = 0;
        ElementError? worst = null;
        for (int k = 0; k < sample.Elements.Length; k++)
        {
            int element = sample.Elements[k];
            double handWritten = gradient[sample.Group.Offset + element];
            Slope slope = sample.Slopes[k];
            if (slope.ErrorOf(handWritten) > Tolerance)
            {
                SecondLook second = sample.Closer[k] ??= _probe.LookCloser(sample.Group, element, _options.Step / CloserBy);
                if (second.IsCorner && second.Slope.ErrorOf(handWritten) > Tolerance)
                {
                    corners++;
                    continue;
                }
                slope = second.Slope;
            }
            zeros += slope.IsZeroBeside(handWritten) ? 1 : 0;
            double error = slope.ErrorOf(handWritten);
            if (worst is not { } before || error > before.Error)
            {
                worst = new ElementError(element, handWritten, slope.Value, error);
            }
        }
        return new TensorCheck(sample.Group, sample.Elements.Length - corners, corners, zeros, worst);
    }

    /// <summary>Chooses elements and measures the loss around them; once, for the gradient and for all its faults.</summary>
    private void TakeSamples(CancellationToken cancellation)
    {
        foreach ((int tensor, ParameterGroup group) in _setup.Shape.Groups.Index().Skip(_samples.Count))
        {
            var random = new Philox(_setup.Seed, RandomStream.GradientCheck, (uint)tensor);
            int[] elements = TensorSample.Choose(random, group.Count, _options.Samples ?? group.Count);
            var slopes = new Slope[elements.Length];
            for (int k = 0; k < elements.Length; k++)
            {
                cancellation.ThrowIfCancellationRequested();
                slopes[k] = _probe.SlopeOf(group, elements[k], _options.Step);
            }
            _samples.Add(new TensorSample(group, elements, slopes));
        }
    }

    private Binary64[] Point(ReadOnlySpan<float> parameters)
    {
        var random = new Philox(_setup.Seed, RandomStream.GradientCheck, (uint)_setup.Shape.Groups.Count());
        var point = new Binary64[parameters.Length];
        for (int k = 0; k < point.Length; k++)
        {
            double shift = _options.Jitter == 0 ? 0 : _options.Jitter * ((2 * random.OpenUniform((ulong)k)) - 1);
            point[k] = new Binary64(parameters[k] + shift);
        }
        return point;
    }

    private NaiveNetwork<Binary64> Prepare(NaiveNetwork<Binary64> network)
    {
        _parameters.CopyTo(network.Parameters, 0);
        for (int b = 0; b < _rows.Length; b++)
        {
            network.SetInput(b, _setup.Data.Train.Pixels(_rows[b]));
        }
        if (_setup.Network.Dropout > 0)
        {
            network.DrawMasks(new DropoutMask(_setup.Shape, _setup.Network.Dropout, _setup.Seed), 1, _rows.Length);
        }
        return network;
    }

    /// <summary>The gradient of a network that has just gone forward, and of the penalties.</summary>
    private double[] Gradient(NaiveNetwork<Binary64> network, Func<ParameterGroup, GradientTerms> termsOf)
    {
        network.Backward(_labels);
        double[] gradient = new double[network.Gradient.Length];
        foreach (ParameterGroup group in _setup.Shape.Groups)
        {
            GradientTerms terms = termsOf(group);
            for (int k = group.Offset; k < group.Offset + group.Count; k++)
            {
                gradient[k] = terms.Gradient(_parameters[k], network.Gradient[k]).Value;
            }
        }
        return gradient;
    }

    /// <summary>The penalties, without the bound, which acts behind the gradient.</summary>
    private GradientTerms Terms(ParameterKind kind) => _setup.Terms(kind) with { Bound = 0 };
}
