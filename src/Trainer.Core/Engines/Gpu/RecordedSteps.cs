using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Gpu.Tracing;
using Trainer.Optimizers;

namespace Trainer.Engines.Gpu;

/// <summary>
/// The steps of a training with one batch size, recorded: several of them in a sequence, and every sequence reads from the device's
/// own memory which step it begins with. A batch that passes in portions leaves its gradient, and each portion adds to it.
/// </summary>
internal sealed class RecordedSteps : IDisposable
{
    // 128 MiB.
    private const long MostPrepared = 1L << 25;

    // In a sequence: recording takes about a microsecond each.
    private const int MostLaunches = 1 << 12;

    private readonly IGpuQueue _queue;
    private readonly GpuWeights _weights;
    private readonly GpuFormulas _formulas;
    private readonly GpuBuffer _gradient;
    private readonly GpuBuffers _buffers;
    private readonly List<GpuLaunch> _portions = [];
    private readonly List<(int Steps, GpuSequence Sequence)> _sequences = [];
    private readonly GpuLaunches? _launches;
    private readonly UpdateLaunches? _updates;

    /// <summary>Steps of the sequences, the longest first; even, as a sequence begins where the one before left control[0].</summary>
    public static IReadOnlyList<int> Lengths { get; } = [64, 8, 2];

    /// <summary>Records them.</summary>
    /// <param name="queue">The device.</param>
    /// <param name="weights">The networks.</param>
    /// <param name="formulas">Their kernels.</param>
    /// <param name="room">Where what they compute lies.</param>
    /// <param name="gradient">Where a gradient is kept, if it is.</param>
    /// <param name="images">The image set that the rows are from.</param>
    /// <param name="arrangement">How the kernels are arranged.</param>
    /// <param name="batch">Rows of a step.</param>
    /// <param name="together">Rows that pass at a time.</param>
    /// <param name="capacity">The largest number of rows of a plan.</param>
    /// <param name="isPrepared">Whether plans bring inputs.</param>
    public RecordedSteps(
        IGpuQueue queue, GpuWeights weights, GpuFormulas formulas, GpuRoom room, GpuBuffer gradient, GpuImages images,
        GpuArrangement arrangement, int batch, int together, int capacity, bool isPrepared)
    {
        (_queue, _weights, _formulas, _gradient, Batch, IsPrepared) = (queue, weights, formulas, gradient, batch, isPrepared);
        _buffers = new GpuBuffers(queue);
        try
        {
            Scalars = _buffers.Allocate<float>((long)StepScalars.Count * weights.Networks * capacity);
            Rows = new GpuRows(queue, _buffers, weights.Networks, capacity);
            PreparedSteps = (int)Math.Max(1, (arrangement.PreparedNumbers ?? MostPrepared) / ((long)weights.Networks * weights.Shape.Inputs * batch));
            PreparedCapacity = (int)Math.Min(capacity, (long)PreparedSteps * batch);
            Inputs = _buffers.Allocate<float>(isPrepared ? (long)weights.Networks * PreparedCapacity * weights.Shape.Inputs : 0);
            GpuBuffer control = formulas.Features.InPortions ? Rows.PortionControl : Rows.Control;
            _launches = new GpuLaunches(
                queue, weights, formulas, room, Rows, control, images, Math.Min(together, batch), GpuPassKind.Training, arrangement);
            _updates = new UpdateLaunches(queue, weights, formulas, _buffers, Rows, batch);
            Record(room, Math.Min(together, batch));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Rows of a step.</summary>
    public int Batch { get; }

    /// <summary>Whether plans bring inputs.</summary>
    public bool IsPrepared { get; }

    /// <summary>The rows.</summary>
    public GpuRows Rows { get; }

    /// <summary>What the rule takes for each step, (networks, steps, <see cref="StepScalars.Count"/>).</summary>
    public GpuBuffer Scalars { get; }

    /// <summary>See <see cref="UpdateLaunches.Decays"/>.</summary>
    public GpuBuffer Decays => _updates!.Decays;

    /// <summary>Prepared inputs, (networks, <see cref="PreparedCapacity"/>, inputs).</summary>
    public GpuBuffer Inputs { get; }

    /// <summary>Rows of a network that there is room for in <see cref="Inputs"/>.</summary>
    public int PreparedCapacity { get; }

    /// <summary>Steps whose inputs there is room for.</summary>
    public int PreparedSteps { get; }

    /// <summary>The longest sequence that is not longer than the steps, or the shortest: steps behind the end do nothing.</summary>
    public (int Steps, GpuSequence Sequence) Next(int steps)
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

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((_, GpuSequence sequence) in _sequences)
        {
            sequence.Dispose();
        }
        foreach (GpuLaunch launch in _portions)
        {
            launch.Dispose();
        }
        _launches?.Dispose();
        _updates?.Dispose();
        _buffers.Dispose();
    }

    private void Record(GpuRoom room, int together)
    {
        bool inPortions = _formulas.Features.InPortions;
        GpuLaunch[][] step = inPortions
            ? [[.. StepInPortions(0, together)], [.. StepInPortions(1, together)]]
            : [[.. Step(0)], [.. Step(1)]];
        foreach (int length in Lengths)
        {
            bool fits = inPortions ? (long)length * step[0].Length <= MostLaunches || length == Lengths[^1] : length <= room.Steps;
            if (fits)
            {
                IEnumerable<GpuLaunch> steps = Enumerable.Range(0, length).SelectMany(s => step[s % 2]);
                _sequences.Add((length, _queue.Record(inPortions ? [.. steps] : [Gather(0, length), .. steps])));
            }
        }
    }

    private GpuLaunch Gather(int parity, int steps) => IsPrepared
        ? _launches!.GatherPrepared(parity, steps, Inputs, PreparedCapacity)
        : _launches!.Gather(parity, steps);

    private IEnumerable<GpuLaunch> Step(int parity) => _formulas.Features.IsStaged
        ?
        [
            .. _launches!.Pass(parity, _gradient), _launches.Update(parity, FormulaCatalog.Gradient, _gradient, Scalars),
            .. _updates!.Apply(parity, _gradient, Scalars), .. _updates.End(parity),
        ]
        :
        [
            .. _launches!.Pass(parity, _gradient), _launches.Update(parity, _formulas.Rule, _weights.Parameters, Scalars),
            .. _updates!.End(parity),
        ];

    /// <summary>Each portion is step 0 of its own control.</summary>
    private IEnumerable<GpuLaunch> StepInPortions(int parity, int together)
    {
        GpuLaunch[] pass = [Gather(0, 1), .. _launches!.Pass(0, _gradient)];
        GpuLaunch first = _launches.Update(0, FormulaCatalog.Gradient, _gradient, Scalars);
        GpuLaunch later = _launches.Update(0, FormulaCatalog.Continued, _gradient, Scalars);
        for (int portion = 0; (long)portion * together < Batch; portion++)
        {
            GpuLaunch begin = _queue.Prepare(
                "begin_portion", new LaunchSize(1, 1, 1, 1), Rows.Control, parity, Batch, portion, together, Rows.PortionControl);
            _portions.Add(begin);
            yield return begin;
            foreach (GpuLaunch launch in pass)
            {
                yield return launch;
            }
            yield return portion == 0 ? first : later;
        }
        foreach (GpuLaunch launch in (IEnumerable<GpuLaunch>)[.. _updates!.Apply(parity, _gradient, Scalars), .. _updates.End(parity)])
        {
            yield return launch;
        }
    }
}
