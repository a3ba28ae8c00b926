using System.Runtime.InteropServices;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Regularizers;

namespace Trainer.Engines.Gpu;

/// <summary>
/// The steps of training. They are recorded once, and the host only says "go on", a few sequences ahead of the device.
/// </summary>
internal sealed class GpuTraining : IDisposable
{
    // Numbers of gathered rows at a time, over all networks: 128 MiB.
    private const long MostGathered = 1L << 25;
    private const int InFlight = 4;

    private readonly IReadOnlyList<TrainingSetup> _setups;
    private readonly IGpuQueue _queue;
    private readonly GpuWeights _weights;
    private readonly IReadOnlyList<GpuFormulas> _formulas;
    private readonly GpuImages _images;
    private readonly GpuArrangement _arrangement;
    private readonly GpuRoom _room;
    private readonly GpuBuffer _gradient;

    // Null only between a recording that failed and the next one.
    private RecordedSteps? _recorded;

    public GpuTraining(
        IReadOnlyList<TrainingSetup> setups, IGpuQueue queue, GpuBuffers buffers, GpuWeights weights,
        IReadOnlyList<GpuFormulas> formulas, GpuImages images, GpuArrangement arrangement)
    {
        (_setups, _queue, _weights, _formulas, _images, _arrangement) = (setups, queue, weights, formulas, images, arrangement);
        GpuFeatures features = formulas[0].Features;
        long numbers = (long)setups.Count * First.RowsTogether * First.Shape.Inputs;
        // Portions are gathered one by one.
        int steps = features.InPortions ? 1 : RecordedSteps.Lengths.First(length => length == RecordedSteps.Lengths[^1] || length * numbers <= MostGathered);
        _room = new GpuRoom(buffers, First.Shape, setups.Count, First.RowsTogether, steps, GpuPassKind.Training, features);
        _gradient = buffers.Allocate<float>(features.IsStaged ? (long)setups.Count * First.Shape.ParameterCount : 0);
        // Whatever can fail fails before a run begins.
        Record(First.BatchSize, First.Data.Train.Count, isPrepared: false);
    }

    private TrainingSetup First => _setups[0];

    /// <summary>Makes the steps <paramref name="steps"/> of each network's plan.</summary>
    public void Train(IReadOnlyList<EpochPlan> plans, Range steps, IReadOnlyList<RowResults> results, CancellationToken cancellation)
    {
        int first = 0, end = 0;
        for (int network = 0; network < plans.Count; network++)
        {
            (first, end) = EngineArguments.Check(_setups[network], plans[network], steps, results[network]);
        }
        EpochPlan plan = plans[0];
        CheckAlike(plans);
        cancellation.ThrowIfCancellationRequested();
        if (first == end)
        {
            return;
        }
        RecordedSteps recorded = RecordedFor(plan);
        (int firstRow, int endRow) = RowsOf(plan, first, end);
        for (int network = 0; network < plans.Count; network++)
        {
            WriteRows(recorded, network, plans[network], firstRow, endRow);
            WriteScalars(recorded, network, plans[network], first, end);
            if (_formulas[0].Features.IsDropped)
            {
                _weights.Constants.SetFirstStep(network, plans[network].FirstStep);
            }
        }
        int atOnce = recorded.IsPrepared ? recorded.PreparedSteps : end - first;
        for (int step = first; step < end; step += Math.Min(atOnce, end - step))
        {
            int endOfPart = step + Math.Min(atOnce, end - step);
            (int from, int to) = RowsOf(plan, step, endOfPart);
            WriteInputs(recorded, plans, from, to);
            recorded.Rows.Begin(step, endOfPart, 0, plan.Order.Length, from);
            Go(recorded, endOfPart - step, cancellation);
        }
        for (int network = 0; network < plans.Count; network++)
        {
            recorded.Rows.Read(network, firstRow, endRow, results[network]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _recorded?.Dispose();

    private static void CheckAlike(IReadOnlyList<EpochPlan> plans)
    {
        EpochPlan plan = plans[0];
        if (plans.Any(other => other.BatchSize != plan.BatchSize || other.Order.Length != plan.Order.Length))
        {
            throw new ArgumentException("networks that are trained side by side have plans of the same length and batch size");
        }
        if (plans.Any(other => other.Inputs is null != plan.Inputs is null))
        {
            throw new ArgumentException("of networks that are trained side by side all plans bring inputs, or none");
        }
    }

    private static (int First, int End) RowsOf(EpochPlan plan, int first, int end) =>
        (plan.Rows(first).Start, (int)Math.Min((long)end * plan.BatchSize, plan.Order.Length));

    /// <summary>Decays the device busy without running far ahead, so that a stop is heard within a few sequences.</summary>
    private void Go(RecordedSteps recorded, int steps, CancellationToken cancellation)
    {
        var marks = new Queue<GpuMark>();
        try
        {
            while (steps > 0)
            {
                (int length, GpuSequence sequence) = recorded.Next(steps);
                _queue.Enqueue(sequence);
                marks.Enqueue(_queue.Mark());
                steps -= length;
                if (marks.Count > InFlight)
                {
                    using GpuMark oldest = marks.Dequeue();
                    _queue.Wait(oldest);
                    cancellation.ThrowIfCancellationRequested();
                }
            }
        }
        finally
        {
            foreach (GpuMark mark in marks)
            {
                mark.Dispose();
            }
        }
    }

    /// <summary>Room for the plan's rows, with the steps recorded for its batch size.</summary>
    private RecordedSteps RecordedFor(EpochPlan plan)
    {
        bool isPrepared = plan.Inputs is not null;
        bool fits = _recorded is { } recorded
            && recorded.Rows.Capacity >= plan.Order.Length && recorded.Batch == plan.BatchSize && recorded.IsPrepared == isPrepared;
        return fits ? _recorded! : Record(plan.BatchSize, Math.Max(plan.Order.Length, _recorded?.Rows.Capacity ?? 0), isPrepared);
    }

    private RecordedSteps Record(int batch, int capacity, bool isPrepared)
    {
        _recorded?.Dispose();
        _recorded = null;
        _recorded = new RecordedSteps(
            _queue, _weights, _formulas[0], _room, _gradient, _images, _arrangement, batch, First.RowsTogether, capacity, isPrepared);
        return _recorded;
    }

    private void WriteRows(RecordedSteps recorded, int network, EpochPlan plan, int firstRow, int endRow)
    {
        int[] images = _setups[network].Data.Train.Images;
        int[] order = Array.ConvertAll(plan.Order[firstRow..endRow], row => images[row]);
        recorded.Rows.SetImages(network, firstRow, order);
    }

    private void WriteInputs(RecordedSteps recorded, IReadOnlyList<EpochPlan> plans, int first, int end)
    {
        for (int network = 0; recorded.IsPrepared && network < plans.Count; network++)
        {
            long at = (long)network * recorded.PreparedCapacity * First.Shape.Inputs * sizeof(float);
            _queue.Write(recorded.Inputs, at, MemoryMarshal.AsBytes(plans[network].Inputs!.Rows(first, end - first)));
        }
    }

    private void WriteScalars(RecordedSteps recorded, int network, EpochPlan plan, int first, int end)
    {
        var scalars = new StepScalars[end - first];
        for (int step = first; step < end; step++)
        {
            scalars[step - first] = _formulas[network].Scalars(plan.LearningRates[step], plan.FirstStep + step + 1);
        }
        long at = ((long)network * recorded.Rows.Capacity) + first;
        _queue.Write(recorded.Scalars, at * StepScalars.Count * sizeof(float), MemoryMarshal.AsBytes<StepScalars>(scalars));
        if (_formulas[0].Features.IsStaged)
        {
            GradientTerms weights = _setups[network].Terms(ParameterKind.Weight);
            GradientTerms others = _setups[network].Terms(ParameterKind.Bias);
            float[] decays = [.. plan.LearningRates[first..end].SelectMany(lr => (float[])[weights.Decay(lr), others.Decay(lr)])];
            _queue.Write(recorded.Decays, at * UpdateLaunches.DecayCount * sizeof(float), MemoryMarshal.AsBytes<float>(decays));
        }
    }
}
