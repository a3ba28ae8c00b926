using System.Runtime.CompilerServices;
using Trainer.Formulas;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Regularizers;

namespace Trainer.Engines.Cpu;

/// <summary>From the gradient of the data's loss to new parameters, after all of it is there; sums as
/// <see cref="Reference.NaiveUpdate{TRule}"/> makes them.</summary>
internal sealed unsafe class StagedUpdate<TLanes, TRule>
    where TLanes : struct, ILanes<TLanes>
    where TRule : struct, IUpdateRule
{
    private readonly TrainingSetup _setup;
    private readonly CpuNetwork<TLanes> _network;
    private readonly TRule _rule;
    private readonly AlignedBuffer[] _state;
    private readonly AlignedBuffer? _average;
    private readonly AlignedBuffer _gradient;
    private readonly AlignedBuffer[] _squares;
    private readonly (PackedLayer Layer, int Panel)[][] _panels;
    private readonly SpinBarrier _barrier;
    private readonly int _threads;

    public StagedUpdate(
        TrainingSetup setup, CpuNetwork<TLanes> network, TRule rule, AlignedBuffer[] state, AlignedBuffer? average,
        AlignedBuffer gradient, int threads, SpinBarrier barrier)
    {
        (_setup, _network, _rule, _state, _average, _gradient) = (setup, network, rule, state, average, gradient);
        (_threads, _barrier) = (threads, barrier);
        (PackedLayer, int)[] panels =
            [.. network.Layers.SelectMany(layer => Enumerable.Range(0, layer.PanelCount).Select(panel => (layer, panel)))];
        _panels = [.. Enumerable.Range(0, threads).Select(thread => panels.Where((_, number) => number % threads == thread).ToArray())];
        _squares = [.. network.Layers.Select(layer => new AlignedBuffer(layer.PaddedOutputs))];
    }

    /// <summary>A thread's share; all threads have to call it, with the gradient whole. Parameters are whole once they have met
    /// again.</summary>
    public void Run(double lr, long step, int thread)
    {
        var weights = GradientShaping.Of(_setup, ParameterKind.Weight, lr);
        var others = GradientShaping.Of(_setup, ParameterKind.Bias, lr);
        if (_setup.Clipping?.Norm is { } norm)
        {
            foreach ((PackedLayer layer, int panel) in _panels[thread])
            {
                ShapeAndSquare(layer, panel, weights.Terms, others.Terms);
            }
            _barrier.Wait();
            float factor = GradientTerms.NormFactor(SquaredNorm(), new Scalar((float)norm)).Value;
            (weights, others) = (weights.AfterTerms(factor), others.AfterTerms(factor));
        }
        var update = new WeightUpdate<TLanes, TRule>(
            _rule, _rule.Scalars(lr, step), _network.Parameters.Pointer, new RuleStates(_state))
        {
            Weights = weights,
            Others = others,
        };
        foreach (PackedLayer layer in _network.Layers)
        {
            (int from, int to) = Share(layer.Offset, layer.BiasOffset, thread);
            update.ApplyToWeights(_gradient.Pointer + from, from, to - from);
            (from, to) = Share(layer.BiasOffset, layer.End, thread);
            update.ApplyToOthers(_gradient.Pointer + from, from, to - from);
        }
        if (_setup.Regularization.MaxNorm is { } most)
        {
            _barrier.Wait();
            foreach ((PackedLayer layer, int panel) in _panels[thread])
            {
                BoundUnits(layer, panel, (float)most);
            }
        }
        _barrier.Wait();
        Finish(thread);
    }

    /// <summary>What is made of new parameters: their average, the other copy of weights, and whether they are numbers.</summary>
    private void Finish(int thread)
    {
        if (_average is not null)
        {
            (int start, int end) = Share(0, _network.Layout.Length, thread);
            Average(_average.Pointer + start, _network.Parameters.Pointer + start, end - start, _setup.Average!.Decay);
        }
        foreach (PackedLayer layer in _network.Layers.AsSpan(1))
        {
            (int start, int end) = Partition.Of(layer.Inputs, thread, _threads);
            _network.Transposed(layer.Index).Copy(_network.Parameters.Pointer, start, end);
        }
        (int from, int to) = Share(_network.First.Offset, _network.First.End, thread);
        _network.WeightsFinite[thread] = Elementwise.AllFinite<TLanes>(_network.Parameters.Pointer + from, to - from);
    }

    /// <summary>Puts penalties and bounds into the gradient of a panel, and sums the squares of each unit's.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ShapeAndSquare(PackedLayer layer, int panel, GradientTerms weights, GradientTerms others)
    {
        int column = panel * Panels.Width;
        int width = layer.WidthOf(panel);
        nint first = layer.OffsetOf(panel, 0);
        for (int o = 0; o < width; o += TLanes.Count)
        {
            TLanes sum = TLanes.Constant(0);
            for (int i = 0; i < layer.Inputs; i++)
            {
                sum = Shaped(first + (nint)i * width + o, weights, sum);
            }
            for (int offset = layer.BiasOffset; offset < layer.End; offset += layer.PaddedOutputs)
            {
                sum = Shaped(offset + column + o, others, sum);
            }
            TLanes.Store(sum, _squares[layer.Index].Pointer + column + o);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TLanes Shaped(nint at, GradientTerms terms, TLanes sum)
    {
        TLanes g = terms.Gradient(TLanes.Load(_network.Parameters.Pointer + at), TLanes.Load(_gradient.Pointer + at));
        TLanes.Store(g, _gradient.Pointer + at);
        return TLanes.FusedMultiplyAdd(g, g, sum);
    }

    /// <summary>The units' squares, summed in order.</summary>
    private Scalar SquaredNorm()
    {
        Scalar sum = Scalar.Constant(0);
        foreach (PackedLayer layer in _network.Layers)
        {
            foreach (float unit in _squares[layer.Index].Span[..layer.Outputs])
            {
                sum += new Scalar(unit);
            }
        }
        return sum;
    }

    /// <summary>Scales the units of a panel whose weights are longer than <paramref name="norm"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BoundUnits(PackedLayer layer, int panel, float norm)
    {
        int width = layer.WidthOf(panel);
        float* w = _network.Parameters.Pointer + layer.OffsetOf(panel, 0);
        for (int o = 0; o < width; o += TLanes.Count)
        {
            TLanes sum = TLanes.Constant(0);
            for (int i = 0; i < layer.Inputs; i++)
            {
                TLanes weight = TLanes.Load(w + (nint)i * width + o);
                sum = TLanes.FusedMultiplyAdd(weight, weight, sum);
            }
            TLanes factor = GradientTerms.UnitFactor(sum, TLanes.Broadcast(norm));
            for (int i = 0; i < layer.Inputs; i++)
            {
                float* weight = w + (nint)i * width + o;
                TLanes.Store(TLanes.Load(weight) * factor, weight);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Average(float* average, float* w, int count, double decay)
    {
        TLanes kept = TLanes.Constant(decay), rest = TLanes.Constant(1 - decay);
        for (int k = 0; k < count; k += TLanes.Count)
        {
            TLanes.Store(GradientTerms.Average(TLanes.Load(average + k), TLanes.Load(w + k), kept, rest), average + k);
        }
    }

    /// <summary>A thread's part of a range of parameters: whole lines.</summary>
    private (int From, int To) Share(int start, int end, int thread)
    {
        int lines = (end - start) / AlignedBuffer.LineLength;
        return (Bound(thread), Bound(thread + 1));

        int Bound(int number) => start + (int)((long)lines * number / _threads) * AlignedBuffer.LineLength;
    }
}
