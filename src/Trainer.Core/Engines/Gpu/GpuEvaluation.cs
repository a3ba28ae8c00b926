using Trainer.Data;
using Trainer.Engines.Gpu.Drivers;

namespace Trainer.Engines.Gpu;

/// <summary>The forward pass over the rows of one split.</summary>
internal sealed class GpuEvaluation : IDisposable
{
    /// <summary>Rows that pass at a time however many networks there are.</summary>
    public const int FewestRows = 64;

    // Numbers in the room, over all networks: 256 MiB.
    private const long MostNumbers = 1L << 26;
    private const int MostRows = 8192;

    private readonly IGpuQueue _queue;
    private readonly int _networks;
    private readonly int _batch;
    private readonly GpuRows _rows;
    private readonly GpuLaunches _launches;
    private readonly GpuLaunch[][] _steps;

    public GpuEvaluation(
        IGpuQueue queue, GpuBuffers buffers, GpuWeights weights, GpuFormulas formulas, GpuRoom room, GpuImages images, Split[] splits, int batch, GpuArrangement arrangement)
    {
        (_queue, _networks, _batch) = (queue, weights.Networks, batch);
        _rows = new GpuRows(queue, buffers, _networks, splits[0].Count);
        for (int network = 0; network < _networks; network++)
        {
            _rows.SetImages(network, 0, splits[network].Images);
        }
        _launches = new GpuLaunches(
            queue, weights, formulas, room, _rows, _rows.Control, images, batch, GpuPassKind.Evaluation, arrangement);
        _steps = [StepOf(0), StepOf(1)];
    }

    /// <summary>Rows that pass at a time.</summary>
    public static int BatchFor(TrainingSetup setup, int networks)
    {
        long numbersPerRow = (long)networks * (setup.Shape.Inputs + (2L * setup.Shape.Units()));
        int rows = Math.Max(setup.Data.Train.Count, setup.Data.Test.Count);
        return (int)Math.Min(rows, Math.Clamp(MostNumbers / numbersPerRow, FewestRows, MostRows));
    }

    /// <summary>Loss and prediction of the rows from <paramref name="first"/> to the one before <paramref name="end"/>.</summary>
    public void Evaluate(int first, int end, IReadOnlyList<RowResults> results, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        int steps = (end - first + _batch - 1) / _batch;
        _rows.Begin(0, steps, first, end);
        for (int step = 0; step < steps; step++)
        {
            foreach (GpuLaunch launch in _steps[step % 2])
            {
                _queue.Enqueue(launch);
            }
        }
        for (int network = 0; network < _networks; network++)
        {
            _rows.Read(network, first, end, results[network]);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _launches.Dispose();

    private GpuLaunch[] StepOf(int parity) => [_launches.Gather(parity, 1), .. _launches.Forward(parity, backward: false)];
}
