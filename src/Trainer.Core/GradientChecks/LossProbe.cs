using Trainer.Engines;
using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;
using Trainer.Regularizers;

namespace Trainer.GradientChecks;

/// <summary>The loss of a few rows as a function of one parameter at a time: mean over the rows, and the penalty of that
/// parameter.</summary>
internal sealed class LossProbe
{
    private readonly TrainingSetup _setup;
    private readonly NaiveNetwork<Binary64> _network;
    private readonly byte[] _labels;
    private readonly Binary64[] _losses;
    private readonly int[] _predictions;
    private (DenseLayer Layer, int Unit)? _moved;

    public LossProbe(TrainingSetup setup, NaiveNetwork<Binary64> network, byte[] labels)
    {
        (_setup, _network, _labels) = (setup, network, labels);
        _losses = new Binary64[labels.Length];
        _predictions = new int[labels.Length];
        _network.Forward(_labels, _losses, _predictions, setup.Network.Dropout > 0);
        Loss = Mean();
    }

    /// <summary>The mean loss of the rows, without penalties.</summary>
    public double Loss { get; }

    /// <summary>The slope along a parameter.</summary>
    public Slope SlopeOf(ParameterGroup group, int element, double step)
    {
        (double w, double h) = Start(group, element, step);
        return Slope.Between(At(group, element, w + h), At(group, element, w - h), h);
    }

    /// <summary>The same with half of the step as well, to find corners.</summary>
    public SecondLook LookCloser(ParameterGroup group, int element, double step)
    {
        (double w, double h) = Start(group, element, step);
        return SecondLook.At(
            At(group, element, w), At(group, element, w + h), At(group, element, w - h),
            At(group, element, w + (h / 2)), At(group, element, w - (h / 2)), h);
    }

    private (double W, double H) Start(ParameterGroup group, int element, double step)
    {
        double w = _network.Parameters[group.Offset + element].Value;
        return (w, step * Math.Max(1, Math.Abs(w)));
    }

    /// <summary>The loss with one parameter at <paramref name="value"/>.</summary>
    private double At(ParameterGroup group, int element, double value)
    {
        ref Binary64 parameter = ref _network.Parameters[group.Offset + element];
        Binary64 before = parameter;
        int unit = group.Kind == ParameterKind.Weight ? element / group.Layer.Inputs : element;
        if (_moved is { } last && last != (group.Layer, unit))
        {
            // The unit that moved before: its z is still that of the moved parameter.
            _network.ForwardFrom(last.Layer, last.Unit, _labels, _losses, _predictions);
        }
        parameter = new Binary64(value);
        _network.ForwardFrom(group.Layer, unit, _labels, _losses, _predictions);
        parameter = before;
        _moved = (group.Layer, unit);
        return Mean() + PenaltyOf(GradientTerms.Of(_setup.Regularization, null, group.Kind == ParameterKind.Weight), value);
    }

    /// <summary>λ₁·|w| + λ₂/2·w².</summary>
    private static double PenaltyOf(GradientTerms terms, double w) => (terms.L1 * Math.Abs(w)) + (0.5 * terms.L2 * w * w);

    private double Mean() => _losses.Average(loss => loss.Value);
}
