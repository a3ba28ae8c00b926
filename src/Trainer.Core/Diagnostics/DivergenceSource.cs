using System.Runtime.InteropServices;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Reference;
using Trainer.Formulas;
using Trainer.Networks;
using Trainer.Regularizers;

namespace Trainer.Diagnostics;

/// <summary>
/// Finds the layer in which a training diverged, by the plain loops on the host in the order of the numerics contract: they give the
/// bits of every engine, so that the first number of theirs that is not finite is the engine's, too. Dropout masks are drawn again, as
/// they follow from seed and step.
/// </summary>
/// <remarks>Pure functions of what they are given. A step's loss says nothing of its own update, so that there are two questions:
/// <see cref="OfStep"/> for the step that met the loss; where that finds parameters that were spoilt before, <see cref="OfUpdate"/>
/// for the step before it.</remarks>
public static class DivergenceSource
{
    /// <summary>
    /// The first number of a training step up to its loss that is not finite: a parameter, from the input on; else that of z, y or a which
    /// is nearest to the input among those that spoilt a loss; else a loss. One that did no harm is none: relu makes 0 of -infinity.
    /// </summary>
    /// <param name="setup">What is trained.</param>
    /// <param name="parameters">All parameters before the step.</param>
    /// <param name="inputs">The rows of its batch as the network saw them, (B, inputs): pixels/255, distorted and with noise where the
    /// experiment says so.</param>
    /// <param name="labels">Their B classes.</param>
    /// <param name="step">The number of the step, from 1, for the dropout masks.</param>
    /// <returns>Null where everything is finite.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit one another.</exception>
    public static DivergenceOrigin? OfStep(
        TrainingSetup setup, ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<byte> labels, long step)
    {
        NaiveNetwork<Scalar> network = Network(setup.Network, parameters, labels.Length);
        return InParameters(setup.Shape, parameters) ?? InForward(setup, network, inputs, labels, step);
    }

    /// <summary>
    /// The first number of a training step behind its loss that is not finite: of the gradients, from the output back; else of the
    /// parameters that it led to, from the input on. Its forward pass comes first all the same.
    /// </summary>
    /// <param name="setup">What is trained.</param>
    /// <param name="parameters">All parameters before the step.</param>
    /// <param name="inputs">The rows of its batch as the network saw them, (B, inputs).</param>
    /// <param name="labels">Their B classes.</param>
    /// <param name="step">The number of the step, from 1, for the dropout masks.</param>
    /// <param name="updated">All parameters after the step.</param>
    /// <returns>Null where everything is finite.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit one another.</exception>
    public static DivergenceOrigin? OfUpdate(
        TrainingSetup setup, ReadOnlySpan<float> parameters, ReadOnlySpan<float> inputs, ReadOnlySpan<byte> labels, long step,
        ReadOnlySpan<float> updated)
    {
        NaiveNetwork<Scalar> network = Network(setup.Network, parameters, labels.Length);
        if ((InParameters(setup.Shape, parameters) ?? InForward(setup, network, inputs, labels, step)) is { } before)
        {
            return before;
        }
        network.Backward(labels);
        if (InGradients(setup.Shape, network) is { } found)
        {
            return found;
        }
        return InParameters(setup.Shape, updated) is { } spoilt ? spoilt with { Place = DivergencePlace.Update } : null;
    }

    /// <summary>The first number of an evaluation that is not finite, row after row and then as in <see cref="OfStep"/>.</summary>
    /// <param name="mlp">The network.</param>
    /// <param name="parameters">All its parameters.</param>
    /// <param name="statistics">The running means and variances of its batch normalisations.</param>
    /// <param name="split">The rows that were measured.</param>
    /// <returns>Null where everything is finite.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit one another.</exception>
    public static DivergenceOrigin? OfEvaluation(Mlp mlp, ReadOnlySpan<float> parameters, ReadOnlySpan<float> statistics, Split split)
    {
        NaiveNetwork<Scalar> network = Network(mlp, parameters, 1);
        CheckLength(statistics.Length, mlp.Shape.StatisticsCount, nameof(statistics));
        MemoryMarshal.Cast<float, Scalar>(statistics).CopyTo(network.Statistics);
        if ((InParameters(mlp.Shape, parameters) ?? InStatistics(mlp.Shape, statistics)) is { } before)
        {
            return before;
        }
        Span<Scalar> loss = stackalloc Scalar[1];
        Span<int> prediction = stackalloc int[1];
        for (int row = 0; row < split.Count; row++)
        {
            network.SetInput(0, split.Pixels(row));
            network.Evaluate([split.Label(row)], loss, prediction);
            if (InLayers(mlp, network, loss) is { } found)
            {
                return found with { Row = row };
            }
        }
        return null;
    }

    private static DivergenceOrigin? InForward(
        TrainingSetup setup, NaiveNetwork<Scalar> network, ReadOnlySpan<float> inputs, ReadOnlySpan<byte> labels, long step)
    {
        CheckLength(inputs.Length, labels.Length * setup.Shape.Inputs, nameof(inputs));
        for (int b = 0; b < labels.Length; b++)
        {
            network.SetInput(b, inputs.Slice(b * setup.Shape.Inputs, setup.Shape.Inputs));
        }
        bool isDropped = setup.Network.Dropout > 0;
        if (isDropped)
        {
            network.DrawMasks(new DropoutMask(setup.Shape, setup.Network.Dropout, setup.Seed), step, labels.Length);
        }
        var losses = new Scalar[labels.Length];
        network.Forward(labels, losses, new int[labels.Length], isDropped);
        return InLayers(setup.Network, network, losses);
    }

    /// <summary>
    /// Looks through what a forward pass has left, from the losses that are no numbers back to the numbers that made them so. What is not
    /// finite and does no harm is passed over: an activation makes 0 of many an infinity.
    /// </summary>
    private static DivergenceOrigin? InLayers(Mlp mlp, NaiveNetwork<Scalar> network, ReadOnlySpan<Scalar> losses)
    {
        var rows = new SortedSet<int>(Spoilt(losses));
        if (rows.Count == 0)
        {
            return null;
        }
        var origin = new DivergenceOrigin(mlp.Shape.Layers[^1], DivergencePlace.Loss, 0, losses[rows.Min].Value, rows.Min);
        foreach (DenseLayer layer in mlp.Shape.Layers.Reverse())
        {
            // A number that is not finite spoils all that the next layer makes of its row.
            ReadOnlySpan<Scalar> outputs_BO = layer.Index < mlp.Activations.Count ? network.HiddenOutputs(layer.Index) : network.DenseOutputs(layer.Index);
            int[] spoilt = [.. Spoilt(outputs_BO).Where(k => rows.Contains(k / layer.Outputs))];
            if (spoilt.Length == 0)
            {
                return origin;
            }
            rows = [];
            DivergenceOrigin? first = null;
            foreach (int k in spoilt)
            {
                DivergenceOrigin one = InUnit(network, layer, k, outputs_BO[k].Value, rows);
                first ??= one;
            }
            origin = first!;
        }
        return origin;
    }

    /// <summary>Within a layer, from what a unit gave for a row back to z.</summary>
    /// <param name="network">The network after the pass.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="k">Row and unit: b·O + o.</param>
    /// <param name="output">What the unit gave.</param>
    /// <param name="rows">Receives the rows whose z was not finite.</param>
    private static DivergenceOrigin InUnit(NaiveNetwork<Scalar> network, DenseLayer layer, int k, float output, SortedSet<int> rows)
    {
        (int row, int unit) = (k / layer.Outputs, k % layer.Outputs);
        float y = network.PreActivations(layer.Index)[k].Value;
        if (float.IsFinite(y))
        {
            return new DivergenceOrigin(layer, DivergencePlace.Activation, unit, output, row);
        }
        ReadOnlySpan<Scalar> z_BO = network.DenseOutputs(layer.Index);
        if (!layer.IsNormalized)
        {
            rows.Add(row);
            return new DivergenceOrigin(layer, DivergencePlace.PreActivation, unit, y, row);
        }
        // In training every row is in the mean and the variance of each.
        int first = -1;
        for (int at = unit; at < z_BO.Length; at += layer.Outputs)
        {
            if (!float.IsFinite(z_BO[at].Value))
            {
                first = first < 0 ? at : first;
                rows.Add(at / layer.Outputs);
            }
        }
        return first < 0
            ? new DivergenceOrigin(layer, DivergencePlace.Normalization, unit, y, row)
            : new DivergenceOrigin(layer, DivergencePlace.PreActivation, unit, z_BO[first].Value, first / layer.Outputs);
    }

    private static DivergenceOrigin? InGradients(MlpShape shape, NaiveNetwork<Scalar> network)
    {
        foreach (DenseLayer layer in shape.Layers.Reverse())
        {
            // What comes to a layer is computed before its own parameters' gradients, save those of a batch normalisation: its sums over
            // rows come before, and spoil, what comes to z.
            DivergenceOrigin? found = InRows(network.PreActivationGradients(layer.Index), layer, DivergencePlace.Gradient);
            found ??= InGroups(layer, MemoryMarshal.Cast<Scalar, float>(network.Gradient), _ => DivergencePlace.Gradient);
            if (found is not null)
            {
                return found;
            }
        }
        return null;
    }

    private static DivergenceOrigin? InParameters(MlpShape shape, ReadOnlySpan<float> parameters)
    {
        CheckLength(parameters.Length, shape.ParameterCount, nameof(parameters));
        foreach (DenseLayer layer in shape.Layers)
        {
            if (InGroups(layer, parameters, PlaceOf) is { } found)
            {
                return found;
            }
        }
        return null;
    }

    private static DivergenceOrigin? InStatistics(MlpShape shape, ReadOnlySpan<float> statistics)
    {
        foreach (DenseLayer layer in shape.Layers.Where(layer => layer.IsNormalized))
        {
            ReadOnlySpan<float> own = statistics.Slice(layer.StatisticsOffset, 2 * layer.Outputs);
            int k = First(MemoryMarshal.Cast<float, Scalar>(own));
            if (k >= 0)
            {
                return new DivergenceOrigin(layer, DivergencePlace.Statistics, k % layer.Outputs, own[k]);
            }
        }
        return null;
    }

    private static DivergenceOrigin? InGroups(DenseLayer layer, ReadOnlySpan<float> vector, Func<ParameterKind, DivergencePlace> place)
    {
        foreach (ParameterGroup group in layer.Groups)
        {
            ReadOnlySpan<float> tensor = vector.Slice(group.Offset, group.Count);
            int k = First(MemoryMarshal.Cast<float, Scalar>(tensor));
            if (k >= 0)
            {
                return new DivergenceOrigin(layer, place(group.Kind), group.Kind == ParameterKind.Weight ? k / layer.Inputs : k, tensor[k]);
            }
        }
        return null;
    }

    private static DivergenceOrigin? InRows(ReadOnlySpan<Scalar> values_BO, DenseLayer layer, DivergencePlace place)
    {
        int k = First(values_BO);
        return k < 0 ? null : new DivergenceOrigin(layer, place, k % layer.Outputs, values_BO[k].Value, k / layer.Outputs);
    }

    private static int First(ReadOnlySpan<Scalar> values)
    {
        List<int> all = Spoilt(values, most: 1);
        return all.Count == 0 ? -1 : all[0];
    }

    /// <summary>Where numbers are not finite.</summary>
    private static List<int> Spoilt(ReadOnlySpan<Scalar> values, int most = int.MaxValue)
    {
        var found = new List<int>();
        for (int k = 0; k < values.Length && found.Count < most; k++)
        {
            if (!float.IsFinite(values[k].Value))
            {
                found.Add(k);
            }
        }
        return found;
    }

    private static DivergencePlace PlaceOf(ParameterKind kind) => kind switch
    {
        ParameterKind.Weight => DivergencePlace.Weight,
        ParameterKind.Bias => DivergencePlace.Bias,
        ParameterKind.Scale => DivergencePlace.Scale,
        _ => DivergencePlace.Shift,
    };

    private static NaiveNetwork<Scalar> Network(Mlp mlp, ReadOnlySpan<float> parameters, int rows)
    {
        CheckLength(parameters.Length, mlp.Shape.ParameterCount, nameof(parameters));
        var network = new NaiveNetwork<Scalar>(mlp, rows);
        MemoryMarshal.Cast<float, Scalar>(parameters).CopyTo(network.Parameters);
        return network;
    }

    private static void CheckLength(int length, int expected, string name)
    {
        if (length != expected)
        {
            throw new ArgumentException($"{length} numbers are not {expected}", name);
        }
    }
}
