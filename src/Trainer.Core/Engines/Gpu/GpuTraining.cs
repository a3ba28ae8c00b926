using System.Runtime.InteropServices;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Optimizers;

namespace Trainer.Engines.Gpu;

/// <summary>
/// The steps of training. They are recorded once, 64 of them in a sequence, and every sequence reads from the device's own
/// memory which step it begins with: the host only says "go on", a few sequences ahead of the device.
/// </summary>
internal sealed class GpuTraining : IDisposable
{
    // Numbers of gathered rows at a time, over all networks: 128 MiB.
    private const long MostGathered = 1L << 25;
    private const int InFlight = 4;

    // Steps of the sequences, even: a sequence begins where the one before left control[0].
    private static readonly int[] Lengths = [64, 8, 2];

    private readonly IReadOnlyList<TrainingSetup> _setups;
    private readonly IGpuQueue _queue;
    private readonly GpuWeights _weights;
    private readonly IReadOnlyList<GpuFormulas> _formulas;
    private readonly GpuImages _images;
    private readonly GpuArrangement _arrangement;
    private readonly GpuRoom _room;
    private GpuBuffers? _rowBuffers;
    private GpuRows _rows;
    private GpuBuffer? _scalars;
    private GpuLaunches? _launches;
    private (int Steps, GpuSequence Sequence)[] _sequences = [];
    private int _batch;

    public GpuTraining(
        IReadOnlyList<TrainingSetup> setups, IGpuQueue queue, GpuBuffers buffers, GpuWeights weights,
        IReadOnlyList<GpuFormulas> formulas, GpuImages images, GpuArrangement arrangement)
    {
        (_setups, _queue, _weights, _formulas, _images, _arrangement) = (setups, queue, weights, formulas, images, arrangement);
        long numbers = (long)setups.Count * setups[0].BatchSize * setups[0].Shape.Inputs;
        int steps = Lengths.First(length => length == Lengths[^1] || length * numbers <= MostGathered);
        _room = new GpuRoom(buffers, setups[0].Shape, setups.Count, setups[0].BatchSize, steps, backward: true);
        // Whatever can fail fails before a run begins.
        try
        {
            _rows = Record(setups[0].BatchSize, setups[0].Data.Train.Count);
        }
        catch
        {
            Forget();
            throw;
        }
    }

    /// <summary>Makes the steps <paramref name="steps"/> of each network's plan.</summary>
    public void Train(IReadOnlyList<EpochPlan> plans, Range steps, IReadOnlyList<RowResults> results, CancellationToken cancellation)
    {
        int first = 0, end = 0;
        for (int network = 0; network < plans.Count; network++)
        {
            (first, end) = EngineArguments.Check(_setups[network], plans[network], steps, results[network]);
        }
        EpochPlan plan = plans[0];
        if (plans.Any(other => other.BatchSize != plan.BatchSize || other.Order.Length != plan.Order.Length))
        {
            throw new ArgumentException("networks that are trained side by side have plans of the same length and batch size");
        }
        cancellation.ThrowIfCancellationRequested();
        if (first == end)
        {
            return;
        }
        GpuRows rows = RowsFor(plan);
        int firstRow = plan.Rows(first).Start;
        int endRow = Math.Min(end * plan.BatchSize, plan.Order.Length);
        for (int network = 0; network < plans.Count; network++)
        {
            WriteRows(rows, network, plans[network], firstRow, endRow);
            WriteScalars(network, plans[network], first, end);
        }
        rows.Begin(first, end, 0, plan.Order.Length);
        Go(end - first, cancellation);
        for (int network = 0; network < plans.Count; network++)
        {
            rows.Read(network, firstRow, endRow, results[network]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Forget();

    /// <summary>Keeps the device busy without running far ahead, so that a stop is heard within a few sequences.</summary>
    private void Go(int steps, CancellationToken cancellation)
    {
        var marks = new Queue<GpuMark>();
        try
        {
            while (steps > 0)
            {
                (int length, GpuSequence sequence) = NextSequence(steps);
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

    /// <summary>The longest sequence that is not longer than the steps, or the shortest: steps behind the end do nothing.</summary>
    private (int Steps, GpuSequence Sequence) NextSequence(int steps)
    {
        foreach ((int Steps, GpuSequence Sequence) candidate in _sequences)
        {
            if (candidate.Steps <= steps)
            {
                return candidate;
            }
        }
        return _sequences[^1];
    }

    /// <summary>Room for the plan's rows, with the steps recorded for its batch size.</summary>
    private GpuRows RowsFor(EpochPlan plan)
    {
        if (_rows.Capacity < plan.Order.Length || _batch != plan.BatchSize)
        {
            _rows = Record(plan.BatchSize, Math.Max(plan.Order.Length, _rows.Capacity));
        }
        return _rows;
    }

    private GpuRows Record(int batch, int capacity)
    {
        Forget();
        _rowBuffers = new GpuBuffers(_queue);
        _scalars = _rowBuffers.Allocate<float>((long)StepScalars.Count * _setups.Count * capacity);
        var rows = new GpuRows(_queue, _rowBuffers, _setups.Count, capacity);
        _batch = batch;
        _launches = new GpuLaunches(_queue, _weights, _formulas[0], _room, rows, _images, batch, _arrangement);
        GpuLaunch[][] step = [StepOf(_launches, 0), StepOf(_launches, 1)];
        _sequences =
        [
            .. Lengths.Where(length => length <= _room.Steps).Select(length => (length, _queue.Record(
                [_launches.Gather(0, length), .. Enumerable.Range(0, length).SelectMany(s => step[s % 2])]))),
        ];
        return rows;
    }

    private GpuLaunch[] StepOf(GpuLaunches launches, int parity) =>
        [.. launches.Step(parity, _formulas[0].Rule, _weights.Parameters, _scalars!)];

    private void WriteRows(GpuRows rows, int network, EpochPlan plan, int firstRow, int endRow)
    {
        int[] images = _setups[network].Data.Train.Images;
        int[] order = Array.ConvertAll(plan.Order[firstRow..endRow], row => images[row]);
        rows.SetImages(network, firstRow, order);
    }

    private void WriteScalars(int network, EpochPlan plan, int first, int end)
    {
        var scalars = new StepScalars[end - first];
        for (int step = first; step < end; step++)
        {
            scalars[step - first] = _formulas[network].Scalars(plan.LearningRates[step], plan.FirstStep + step + 1);
        }
        long at = (((long)network * _rows.Capacity) + first) * StepScalars.Count * sizeof(float);
        _queue.Write(_scalars!, at, MemoryMarshal.AsBytes<StepScalars>(scalars));
    }

    private void Forget()
    {
        foreach ((_, GpuSequence sequence) in _sequences)
        {
            sequence.Dispose();
        }
        _sequences = [];
        _launches?.Dispose();
        _rowBuffers?.Dispose();
        // Should recording fail, the next plan finds nothing that fits it.
        _batch = 0;
    }
}
