using Trainer.Formulas;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Regularizers;

namespace Trainer.Engines.Reference;

/// <summary>From the gradient of the data's loss to new parameters, one after the other.</summary>
/// <remarks>Norms are those of a layer's units first: the squares of a unit's weights in order, then those of its bias and of its
/// γ and β, in one accumulator; a gradient's norm then adds the units' in order.</remarks>
internal sealed class NaiveUpdate<TRule>
    where TRule : struct, IUpdateRule
{
    private readonly TrainingSetup _setup;
    private readonly TRule _rule;
    private readonly Scalar[] _parameters;
    private readonly RuleState<Scalar>[] _state;

    public NaiveUpdate(TrainingSetup setup, TRule rule, Scalar[] parameters)
    {
        (_setup, _rule, _parameters) = (setup, rule, parameters);
        _state = new RuleState<Scalar>[parameters.Length];
        Average = new Scalar[setup.Average is null ? 0 : parameters.Length];
    }

    /// <summary>The average of the parameters; empty where none is kept.</summary>
    public Scalar[] Average { get; }

    /// <summary>Number <paramref name="index"/> of the state of parameter <paramref name="k"/>.</summary>
    public ref Scalar State(int index, int k)
    {
        ref RuleState<Scalar> state = ref _state[k];
        switch (index)
        {
            case 0: return ref state.First;
            case 1: return ref state.Second;
            default: return ref state.Third;
        }
    }

    /// <summary>One step.</summary>
    /// <param name="gradient">The gradient of the data's loss; penalties are added to it and bounds applied, in place.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="step">The number of the step, from 1.</param>
    public void Step(Scalar[] gradient, double lr, long step)
    {
        foreach (ParameterGroup group in _setup.Shape.Groups)
        {
            GradientTerms terms = _setup.Terms(group.Kind);
            for (int k = group.Offset; k < group.Offset + group.Count; k++)
            {
                gradient[k] = terms.Gradient(_parameters[k], gradient[k]);
            }
        }
        if (_setup.Clipping?.Norm is { } bound)
        {
            Scalar factor = GradientTerms.NormFactor(SquaredNorm(gradient), new Scalar((float)bound));
            for (int k = 0; k < gradient.Length; k++)
            {
                gradient[k] *= factor;
            }
        }
        Update(gradient, lr, step);
        if (_setup.Regularization.MaxNorm is { } most)
        {
            BoundUnits(new Scalar((float)most));
        }
        for (int k = 0; k < Average.Length; k++)
        {
            double decay = _setup.Average!.Decay;
            Average[k] = GradientTerms.Average(Average[k], _parameters[k], Scalar.Constant(decay), Scalar.Constant(1 - decay));
        }
    }

    private void Update(Scalar[] gradient, double lr, long step)
    {
        StepScalars<Scalar> scalars = StepScalars<Scalar>.From(_rule.Scalars(lr, step));
        foreach (ParameterGroup group in _setup.Shape.Groups)
        {
            GradientTerms terms = _setup.Terms(group.Kind);
            var decay = new Scalar(terms.Decay(lr));
            for (int k = group.Offset; k < group.Offset + group.Count; k++)
            {
                Scalar w = decay.Value == 0 ? _parameters[k] : GradientTerms.Shrink(_parameters[k], decay);
                _parameters[k] = _rule.Update(w, gradient[k], ref _state[k], scalars);
            }
        }
    }

    private Scalar SquaredNorm(Scalar[] gradient)
    {
        Scalar sum = Scalar.Constant(0);
        foreach (DenseLayer layer in _setup.Shape.Layers)
        {
            for (int o = 0; o < layer.Outputs; o++)
            {
                Scalar unit = SquaredWeights(gradient, layer, o);
                foreach (ParameterGroup group in layer.Groups.Skip(1))
                {
                    unit = Scalar.FusedMultiplyAdd(gradient[group.Offset + o], gradient[group.Offset + o], unit);
                }
                sum += unit;
            }
        }
        return sum;
    }

    private void BoundUnits(Scalar norm)
    {
        foreach (DenseLayer layer in _setup.Shape.Layers)
        {
            for (int o = 0; o < layer.Outputs; o++)
            {
                Scalar factor = GradientTerms.UnitFactor(SquaredWeights(_parameters, layer, o), norm);
                for (int i = 0; i < layer.Inputs; i++)
                {
                    _parameters[layer.WeightOffset + o * layer.Inputs + i] *= factor;
                }
            }
        }
    }

    private static Scalar SquaredWeights(Scalar[] vector, DenseLayer layer, int o)
    {
        Scalar sum = Scalar.Constant(0);
        foreach (Scalar w in vector.AsSpan(layer.WeightOffset + o * layer.Inputs, layer.Inputs))
        {
            sum = Scalar.FusedMultiplyAdd(w, w, sum);
        }
        return sum;
    }
}
