using Trainer.Data;
using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Engines.Cpu;

/// <summary>The processor engine for one vector width and one update rule.</summary>
internal sealed class CpuEngine<TLanes, TRule> : IEngine
    where TLanes : struct, ILanes<TLanes>
    where TRule : struct, IUpdateRule
{
    private const int BitsPerNumber = 32;

    private readonly TrainingSetup _setup;
    private readonly CpuNetwork<TLanes> _network;
    private readonly AlignedBuffer[] _state;
    private readonly AlignedBuffer? _average;
    private readonly ThreadTeam _team;
    private readonly Evaluator<TLanes> _evaluator;
    private readonly ITrainingSteps? _fused;
    private readonly Lazy<ITrainingSteps> _staged;
    private GradientRoom<TLanes>? _gradient;

    public CpuEngine(TrainingSetup setup, TRule rule, int threads, int trainingThreads)
    {
        _setup = setup;
        _network = new CpuNetwork<TLanes>(setup, trainingThreads);
        _state = [.. Enumerable.Range(0, TRule.StateCount).Select(_ => new AlignedBuffer(_network.Layout.Length))];
        _average = setup.Average is null ? null : new AlignedBuffer(_network.Layout.Length);
        _team = new ThreadTeam(threads);
        _fused = FusedSteps<TLanes, TRule>.Fit(setup)
            ? new FusedSteps<TLanes, TRule>(setup, _network, rule, _state, _team, trainingThreads)
            : null;
        _staged = new Lazy<ITrainingSteps>(
            () => new StagedSteps<TLanes, TRule>(setup, _network, rule, _state, _average, _team, trainingThreads));
        _evaluator = new Evaluator<TLanes>(_network, _team);
    }

    /// <inheritdoc/>
    public string Description =>
        $"cpu, {_team.Size} {(_team.Size == 1 ? "thread" : "threads")}, {(TLanes.Count == 1 ? "no vectors" : $"{TLanes.Count * BitsPerNumber}-bit vectors")}";

    /// <inheritdoc/>
    public int StateCount => TRule.StateCount;

    /// <inheritdoc/>
    public void Train(EpochPlan plan, Range steps, RowResults results, CancellationToken cancellation)
    {
        (int first, int end) = EngineArguments.Check(_setup, plan, steps, results);
        cancellation.ThrowIfCancellationRequested();
        ITrainingSteps how = _fused is not null && plan.Inputs is null ? _fused : _staged.Value;
        how.Train(plan, first, end, results, cancellation);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public void Evaluate(SplitName split, Range rows, RowResults results, CancellationToken cancellation)
    {
        (Split data, int first, int end) = EngineArguments.Check(_setup, split, rows, results);
        _evaluator.Evaluate(data, first, end, _network.NeedsAllPixels, results, cancellation);
        cancellation.ThrowIfCancellationRequested();
    }

    /// <inheritdoc/>
    public double Gradient(ReadOnlySpan<int> rows, Span<float> destination)
    {
        EngineArguments.CheckGradient(_setup, rows, destination.Length);
        if (_gradient?.Rows.Length != rows.Length)
        {
            // The old room goes first, so that both need not be there at a time.
            _gradient = null;
            _gradient = new GradientRoom<TLanes>(_network, rows.Length);
        }
        Split data = _setup.Data.Train;
        rows.CopyTo(_gradient.Rows);
        _gradient.Pass.Run(new PassTask(data, _gradient.Rows, rows.Length, _gradient.Results, 0), thread: 0);
        _network.Layout.Unpack(_gradient.Pass.Gradient, destination);
        return _gradient.Results.Summarize(data, rows).Loss;
    }

    /// <inheritdoc/>
    public void ReadParameters(Span<float> destination) => Read(_network.Parameters, destination);

    /// <inheritdoc/>
    public void WriteParameters(ReadOnlySpan<float> source)
    {
        EngineArguments.CheckLength(_setup, source.Length);
        _network.Write(source);
    }

    /// <inheritdoc/>
    public void ReadState(int index, Span<float> destination)
    {
        EngineArguments.CheckState(_setup, index, StateCount, destination.Length);
        Read(_state[index], destination);
    }

    /// <inheritdoc/>
    public void WriteState(int index, ReadOnlySpan<float> source)
    {
        EngineArguments.CheckState(_setup, index, StateCount, source.Length);
        _network.Layout.Pack(source, _state[index]);
    }

    /// <inheritdoc/>
    public void ReadStatistics(Span<float> destination)
    {
        EngineArguments.CheckStatistics(_setup, destination.Length);
        _network.ReadStatistics(destination);
    }

    /// <inheritdoc/>
    public void WriteStatistics(ReadOnlySpan<float> source)
    {
        EngineArguments.CheckStatistics(_setup, source.Length);
        _network.WriteStatistics(source);
    }

    /// <inheritdoc/>
    public void ReadAverage(Span<float> destination)
    {
        EngineArguments.CheckAverage(_setup, destination.Length);
        Read(_average!, destination);
    }

    /// <inheritdoc/>
    public void WriteAverage(ReadOnlySpan<float> source)
    {
        EngineArguments.CheckAverage(_setup, source.Length);
        _network.Layout.Pack(source, _average!);
    }

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();

    private void Read(AlignedBuffer source, Span<float> destination)
    {
        EngineArguments.CheckLength(_setup, destination.Length);
        _network.Layout.Unpack(source, destination);
    }
}
