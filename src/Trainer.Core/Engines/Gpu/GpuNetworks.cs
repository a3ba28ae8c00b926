using Trainer.Data;
using Trainer.Engines.Gpu.Drivers;

namespace Trainer.Engines.Gpu;

/// <summary>
/// Networks of one shape that are trained side by side on one device, each with its own parameters, order of rows and
/// constants, all on the same images. One small network leaves most of a card idle; every launch serves all of them.
/// </summary>
internal sealed class GpuNetworks : IDisposable
{
    private readonly IReadOnlyList<TrainingSetup> _setups;
    private readonly IGpuQueue _queue;
    private readonly GpuFormulas[] _formulas;
    private readonly GpuArrangement _arrangement;
    private readonly GpuBuffers _buffers;
    private readonly GpuImages _trainImages;
    private readonly GpuTraining _training;
    private readonly Dictionary<SplitName, GpuEvaluation> _evaluations = [];

    // What is made later may need what was made before.
    private readonly Stack<IDisposable> _owned = [];

    /// <summary>The networks of <paramref name="setups"/> on the device of <paramref name="queue"/>.</summary>
    /// <param name="setups">What to train: alike in shape, formulas, features, images and batch size.</param>
    /// <param name="queue">The device; it has to stay open as long as they do.</param>
    /// <param name="arrangement">How the kernels are arranged.</param>
    /// <exception cref="ArgumentException">The setups differ.</exception>
    /// <exception cref="Failures.DeviceException">The device has too little memory, or failed.</exception>
    public GpuNetworks(IReadOnlyList<TrainingSetup> setups, IGpuQueue queue, GpuArrangement arrangement = default)
    {
        _setups = setups;
        _queue = queue;
        _arrangement = arrangement;
        _formulas = [.. setups.Select(setup => new GpuFormulas(setup))];
        CheckAlike(setups);
        try
        {
            _buffers = Own(new GpuBuffers(queue));
            Weights = new GpuWeights(queue, _buffers, setups, _formulas);
            _trainImages = new GpuImages(_buffers, First.Data.Train.Source);
            _training = Own(new GpuTraining(setups, queue, _buffers, Weights, _formulas, _trainImages, arrangement));
            AddEvaluations();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>How many networks.</summary>
    public int Count => _setups.Count;

    /// <summary>Number of state vectors of a network's optimizer.</summary>
    public int StateCount => _formulas[0].StateCount;

    /// <summary>The device.</summary>
    public string Description => _queue.Description;

    /// <summary>Parameters and state.</summary>
    public GpuWeights Weights { get; }

    private TrainingSetup First => _setups[0];

    /// <summary>Checks that networks can be trained side by side.</summary>
    /// <exception cref="ArgumentException">They cannot.</exception>
    public static void CheckAlike(IReadOnlyList<TrainingSetup> setups)
    {
        if (setups.Count > 1 && setups.Select(GpuLikeness.Of).Distinct().Count() > 1)
        {
            throw new ArgumentException("networks that are trained side by side have the same shape, formulas, features, images and batch size");
        }
    }

    /// <summary>Makes the steps <paramref name="steps"/> of each network's plan; see <see cref="IEngine.Train"/>.</summary>
    /// <exception cref="OperationCanceledException">Asked to stop; the networks are as after some whole step.</exception>
    public void Train(IReadOnlyList<EpochPlan> plans, Range steps, IReadOnlyList<RowResults> results, CancellationToken cancellation) =>
        _training.Train(plans, steps, results, cancellation);

    /// <summary>Loss and prediction of rows of each network's split; see <see cref="IEngine.Evaluate"/>.</summary>
    public void Evaluate(SplitName split, Range rows, IReadOnlyList<RowResults> results, CancellationToken cancellation)
    {
        int first = 0, end = 0;
        for (int network = 0; network < Count; network++)
        {
            (_, first, end) = EngineArguments.Check(_setups[network], split, rows, results[network]);
        }
        if (first < end)
        {
            _evaluations[split].Evaluate(first, end, results, cancellation);
        }
    }

    /// <summary>The gradient of one network; see <see cref="IEngine.Gradient"/>.</summary>
    public double Gradient(int network, ReadOnlySpan<int> rows, Span<float> destination)
    {
        EngineArguments.CheckGradient(_setups[network], rows, destination.Length);
        Split data = _setups[network].Data.Train;
        using var gradient = new GpuGradient(_queue, Weights, _formulas[0], _trainImages, rows.Length, _arrangement);
        var results = new RowResults(rows.Length);
        int[] images = new int[rows.Length];
        for (int k = 0; k < rows.Length; k++)
        {
            images[k] = data.Images[rows[k]];
        }
        gradient.Compute(network, images, destination, results);
        return results.Summarize(data, rows).Loss;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_owned.TryPop(out IDisposable? latest))
        {
            latest.Dispose();
        }
    }

    /// <summary>An evaluation of each split, all in the same room.</summary>
    private void AddEvaluations()
    {
        int batch = GpuEvaluation.BatchFor(First, Count);
        var room = new GpuRoom(_buffers, First.Shape, Count, batch, steps: 1, GpuPassKind.Evaluation, _formulas[0].Features);
        var testImages = new GpuImages(_buffers, First.Data.Test.Source);
        foreach (SplitName name in Enum.GetValues<SplitName>().Where(name => First.Data.Find(name) is not null))
        {
            Split[] splits = [.. _setups.Select(setup => setup.Data[name])];
            GpuImages images = name == SplitName.Test ? testImages : _trainImages;
            _evaluations.Add(name, Own(new GpuEvaluation(
                _queue, _buffers, Weights, _formulas[0], room, images, splits, batch, _arrangement)));
        }
    }

    private T Own<T>(T part)
        where T : IDisposable
    {
        _owned.Push(part);
        return part;
    }
}
