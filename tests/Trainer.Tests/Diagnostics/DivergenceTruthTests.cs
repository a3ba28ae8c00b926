using Trainer.Activations;
using Trainer.Data;
using Trainer.Diagnostics;
using Trainer.Engines;
using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Losses;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Tests.Engines;

namespace Trainer.Tests.Diagnostics;

/// <summary>Trainings that diverge of themselves, against a test that looks at every number in loops of its own.</summary>
public class DivergenceTruthTests
{
    private static readonly SplitSet Data = TestData.Splits(40, 12, 12, 3);

    public static TheoryData<Activation, Loss, double, int> Trainings()
    {
        var all = new TheoryData<Activation, Loss, double, int>();
        foreach (Activation activation in new Activation[] { new Relu(), new Gelu(), new LeakyRelu() })
        {
            // Cross-entropy's gradient is bounded: it takes more to diverge.
            foreach ((Loss loss, double lr) in new (Loss, double)[]
            {
                (new CrossEntropy(), 1e12), (new CrossEntropy(), 1e20), (new CrossEntropy(), 1e30),
                (new MeanSquaredError(), 30), (new MeanSquaredError(), 1e4), (new MeanSquaredError(), 1e12), (new MeanSquaredError(), 1e25),
            })
            {
                all.Add(activation, loss, lr, 2);
                all.Add(activation, loss, lr, 5);
            }
        }
        return all;
    }

    [Theory]
    [MemberData(nameof(Trainings))]
    public void TrainingThatDiverges_BeganWhereEveryNumberSays(Activation activation, Loss loss, double lr, int batch)
    {
        var mlp = new Mlp(new MlpShape(12, 8, 6, 3), activation) { Loss = loss };
        var setup = new TrainingSetup(mlp, new Sgd { Lr = 0.1 }, Data, batch);
        var training = new DivergingTraining(setup);
        training.Run(NetworkProbeTests.Drawn(setup.Shape), lr);
        int step = training.Step;
        DivergenceOrigin? found = DivergenceSource.OfStep(setup, training.Before(step), training.Inputs(step), training.Labels(step), step);
        Assert.Equal(Truth(mlp, training.Before(step), training.Inputs(step), training.Labels(step)), CauseOf(found));
        if (found!.Place is not (DivergencePlace.Weight or DivergencePlace.Bias))
        {
            return;
        }
        // The parameters were spoilt in the step before, whose loss was a number.
        step--;
        found = DivergenceSource.OfUpdate(
            setup, training.Before(step), training.Inputs(step), training.Labels(step), step, training.Before(step + 1));
        Assert.Null(Truth(mlp, training.Before(step), training.Inputs(step), training.Labels(step)));
        float[] gradient = new float[setup.Shape.ParameterCount];
        using IEngine engine = ReferenceEngine.Create(setup);
        engine.WriteParameters(training.Before(step));
        engine.Gradient(training.Rows(step), gradient);
        DenseLayer? spoilt = setup.Shape.Layers.LastOrDefault(one => !IsFinite(gradient.AsSpan(one.WeightOffset, one.WeightCount + one.Outputs)));
        DenseLayer expected = spoilt ?? setup.Shape.Layers.First(one => !IsFinite(training.Before(step + 1).AsSpan(one.WeightOffset, one.WeightCount + one.Outputs)));
        Assert.Equal((expected, spoilt is null ? DivergencePlace.Update : DivergencePlace.Gradient), (found?.Layer, found?.Place));
    }

    /// <summary>Every number from the first on: one that is not finite is an origin where all that it was made of is finite; else it has
    /// that of its parts which is nearest to the input. What spoils no loss is no origin.</summary>
    private static Cause? Truth(Mlp mlp, float[] parameters, float[] inputs, byte[] labels)
    {
        if (InParameters(mlp.Shape, parameters) is { } spoilt)
        {
            return spoilt;
        }
        (float[] x, var causes) = (inputs, new Cause?[inputs.Length]);
        foreach (DenseLayer layer in mlp.Shape.Layers)
        {
            var z = new float[labels.Length * layer.Outputs];
            var causesOfZ = new Cause?[z.Length];
            for (int k = 0; k < z.Length; k++)
            {
                (int b, int o) = (k / layer.Outputs, k % layer.Outputs);
                z[k] = parameters[layer.BiasOffset + o];
                for (int i = 0; i < layer.Inputs; i++)
                {
                    z[k] = MathF.FusedMultiplyAdd(x[(b * layer.Inputs) + i], parameters[layer.WeightOffset + (o * layer.Inputs) + i], z[k]);
                }
                causesOfZ[k] = float.IsFinite(z[k]) ? null
                    : causes[(b * layer.Inputs)..((b + 1) * layer.Inputs)].OfType<Cause>().Min() ?? new Cause(layer.Index, b, o, DivergencePlace.PreActivation);
            }
            (x, causes) = (z, causesOfZ);
            if (layer.Index < mlp.Activations.Count)
            {
                x = Activated(mlp.Activations[layer.Index], z);
                causes = [.. x.Select((a, k) => float.IsFinite(a) ? null
                    : causesOfZ[k] ?? new Cause(layer.Index, k / layer.Outputs, k % layer.Outputs, DivergencePlace.Activation))];
            }
        }
        int outputs = mlp.Shape.Outputs;
        return Enumerable.Range(0, labels.Length).Where(b => !float.IsFinite(Loss(mlp, x[(b * outputs)..((b + 1) * outputs)], labels[b])))
            .Select(b => causes[(b * outputs)..((b + 1) * outputs)].OfType<Cause>().Min() ?? new Cause(mlp.Shape.Layers.Count - 1, b, 0, DivergencePlace.Loss))
            .Min();
    }

    private static Cause? InParameters(MlpShape shape, float[] parameters)
    {
        foreach (DenseLayer layer in shape.Layers)
        {
            for (int k = 0; k < layer.WeightCount + layer.Outputs; k++)
            {
                if (!float.IsFinite(parameters[layer.WeightOffset + k]))
                {
                    return k < layer.WeightCount
                        ? new Cause(layer.Index, 0, k / layer.Inputs, DivergencePlace.Weight)
                        : new Cause(layer.Index, 0, k - layer.WeightCount, DivergencePlace.Bias);
                }
            }
        }
        return null;
    }

    private static float Loss(Mlp mlp, float[] z, byte label)
    {
        Scalar[] outputs = [.. z.Select(value => new Scalar(value))];
        return mlp.Loss is MeanSquaredError
            ? LossEquations.MeanSquaredError<Scalar>(outputs, label, out _).Value
            : Equations.SoftmaxCrossEntropy<Scalar>(outputs, label, new Scalar[z.Length], out _).Value;
    }

    /// <summary>A number that was not finite; the least is nearest to the input, then in the first row, then of the first unit.</summary>
    private sealed record Cause(int Layer, int Row, int Unit, DivergencePlace Place) : IComparable<Cause>
    {
        public int CompareTo(Cause? other) => other is null ? 1 : (Layer, Row, Unit).CompareTo((other.Layer, other.Row, other.Unit));
    }

    private static Cause? CauseOf(DivergenceOrigin? origin) =>
        origin is null ? null : new Cause(origin.Layer.Index, origin.Row ?? 0, origin.Unit, origin.Place);

    private static float[] Activated(Activation activation, float[] z)
    {
        var a = new Scalar[z.Length];
        NaiveActivation<Scalar>.Of(activation).Forward([.. z.Select(value => new Scalar(value))], a);
        return [.. a.Select(value => value.Value)];
    }

    private static bool IsFinite(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }
        return true;
    }
}
