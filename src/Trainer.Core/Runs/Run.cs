using System.Diagnostics;
using Trainer.Data;
using Trainer.Diagnostics;
using Trainer.Engines;
using Trainer.Failures;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Schedules;

namespace Trainer.Runs;

/// <summary>
/// The epoch loop: has an epoch trained (<see cref="RuleDescent"/>, <see cref="LineSearchDescent"/>), measures, tells the observer,
/// and decides whether to go on.
/// </summary>
public sealed class Run
{
    private readonly Experiment _experiment;
    private readonly TrainingSetup _setup;
    private readonly IEngine _engine;
    private readonly IRunObserver _observer;
    private readonly Measurement _measurement;
    private readonly IEpochDescent _descent;
    private readonly EarlyStoppingWatch? _earlyStopping;
    private readonly ValidationRanking _ranking;
    private readonly float[] _network;
    private readonly float[] _raw;
    private readonly Keeper _keeper;
    private Evaluation? _best;

    /// <summary>A run that has not begun.</summary>
    /// <param name="experiment">What to do.</param>
    /// <param name="setup">The same, as the engine was made for.</param>
    /// <param name="engine">What computes.</param>
    /// <param name="observer">Who hears of it.</param>
    /// <param name="traceSteps">How many of the first steps of an update rule to trace (at most those of the first epoch); 0 for none.</param>
    /// <param name="threads">Threads that distort images and add noise, at most; null for as many as there are cores. Changes no bit.</param>
    /// <param name="checkpoints">Where the run is kept; null for nowhere.</param>
    public Run(
        Experiment experiment, TrainingSetup setup, IEngine engine, IRunObserver observer, int traceSteps = 0, int? threads = null,
        ICheckpointStore? checkpoints = null)
    {
        _keeper = new Keeper(setup, engine, checkpoints);
        (_experiment, _setup, _engine, _observer) = (experiment, setup, engine, observer);
        var results = new RowResults(
            new[] { setup.Data.Train.Count, setup.Data.Validation?.Count ?? 0, setup.Data.Test.Count }.Max());
        _measurement = new Measurement(engine, setup.Data, results);
        _descent = experiment.Optimizer switch
        {
            LineSearch search => new LineSearchDescent(search, setup, experiment.Epochs, engine, _measurement, observer),
            DescentMethod rule => new RuleDescent(
                experiment, setup, experiment.Schedule.Course(rule.ForEngine().Lr, Steps(experiment, setup.Data.Train.Count)), engine, results,
                observer, new FirstSteps(engine, setup.Shape, results, observer, traceSteps), _keeper, threads),
        };
        _earlyStopping = experiment.EarlyStopping is { } settings ? new EarlyStoppingWatch(settings) : null;
        _ranking = ValidationRanking.Of(experiment);
        _network = new float[setup.Shape.StoredCount];
        _raw = new float[setup.Average is null ? 0 : setup.Shape.ParameterCount];
    }

    /// <summary>Where to go on; null to begin at the beginning.</summary>
    public Resumption? From { get; init; }

    /// <summary>The network to begin with, in the layout that observers get it in; null for the one that the experiment initialises.</summary>
    public float[]? InitialNetwork { get; init; }

    /// <summary>The setup of <paramref name="experiment"/> on <paramref name="data"/>.</summary>
    /// <exception cref="ConfigException">The experiment does not fit the data.</exception>
    /// <exception cref="ArgumentException">The network is too large for so many rows at a time.</exception>
    public static TrainingSetup Setup(Experiment experiment, DataSet data)
    {
        if (experiment.Data.Validation >= data.Train.Count)
        {
            throw new ConfigException(
                $"data.validation: {experiment.Data.Validation} of {data.Train.Count} training images leave none to train on; choose fewer");
        }
        SplitSet splits = SplitSet.From(data, experiment.Data.Validation, experiment.Seed);
        int rows = splits.Train.Count;
        Mlp network = experiment.Model.Network(data.Train.PixelsPerImage, data.ClassNames.Count, experiment.Loss);
        var setup = new TrainingSetup(network, experiment.Optimizer.ForEngine(), splits, Math.Min(experiment.BatchSize, rows))
        {
            Regularization = experiment.Regularization,
            Clipping = experiment.Clipping,
            Average = experiment.Ema,
            MicroBatch = experiment.MicroBatch,
            Seed = experiment.Seed,
        };
        if (experiment.Optimizer is LineSearch)
        {
            // Engines then get all rows at a time as an evaluation or a gradient, never as a step: they need no room for one.
            return experiment.BatchSize >= rows ? setup.Checked() with { BatchSize = 1 } : throw new ConfigException(
                $"batch_size: line_search needs the loss over all rows: set batch_size: {rows}; mini-batches would give it another function at every step");
        }
        if (network.BatchNorm is not null && setup.BatchSize > 1 && rows % setup.BatchSize == 1)
        {
            throw new ConfigException(
                $"batch_size: batch normalisation, and {rows} training rows in batches of {setup.BatchSize} leave one row for the last, whose variance is 0; choose another size");
        }
        return experiment.Schedule.ProblemOf(Steps(experiment, rows)) is { } problem ? throw new ConfigException(problem) : setup;
    }

    /// <summary>How many steps the experiment has with so many training rows.</summary>
    public static StepCounts Steps(Experiment experiment, int trainingRows)
    {
        long perEpoch = (trainingRows + (long)experiment.BatchSize - 1) / experiment.BatchSize;
        return new StepCounts(perEpoch, perEpoch * experiment.Epochs);
    }

    /// <summary>Trains from the beginning, or from where it goes on, to the end.</summary>
    /// <returns>Why it was complete before the last epoch; null after that one.</returns>
    /// <exception cref="OperationCanceledException">Asked to stop; every epoch that was told of is whole, and the run was kept where it stopped.</exception>
    /// <exception cref="DivergedException">The loss became infinite or not a number.</exception>
    /// <exception cref="RunFailedException">A line search gave up, or the run cannot be recorded; every epoch that was told of is whole.</exception>
    public RunStop? Execute(CancellationToken cancellation)
    {
        try
        {
            return Train(From is { } from ? Resume(from) : Begin(cancellation), cancellation);
        }
        catch (OperationCanceledException)
        {
            // In a line search, or before the first slice of an epoch.
            _keeper.Save();
            throw;
        }
        catch (DivergedException)
        {
            SaveLastGood();
            throw;
        }
    }

    private void SaveLastGood()
    {
        try
        {
            _keeper.Save();
        }
        catch (RunFailedException)
        {
            // That the run diverged is what is to be told.
        }
    }

    private RunStop? Train((int Epoch, EpochPart Part) done, CancellationToken cancellation)
    {
        for (int epoch = done.Epoch + 1; epoch <= _experiment.Epochs; epoch++)
        {
            if (_earlyStopping?.Stop is { } early)
            {
                return early;
            }
            (TrainedEpoch? trained, RunStop? stop) = TrainOrExplain(epoch, done.Part, cancellation);
            if (trained is null)
            {
                return stop;
            }
            _descent.Observe(RecordOrKeep(trained, cancellation));
            _keeper.AfterEpoch(epoch);
            done = default;
        }
        return null;
    }

    /// <summary>A divergence names the layer where it began.</summary>
    private (TrainedEpoch? Trained, RunStop? Stop) TrainOrExplain(int epoch, EpochPart done, CancellationToken cancellation)
    {
        try
        {
            return _descent.Train(epoch, done, cancellation);
        }
        catch (DivergedException failure) when (failure.Point is not null && _keeper.Last is not null)
        {
            int step = (int)(failure.Point.Step - 1 - (epoch - 1) * Steps(_experiment, _setup.Data.Train.Count).PerEpoch);
            throw Divergence.Explained(failure, _descent.OriginOf(_keeper.Last, epoch, step), _experiment.Optimizer);
        }
    }

    /// <summary>The same of an epoch whose steps all met a loss that was a number, and whose measurement does not.</summary>
    private DivergedException Explained(DivergedException failure, TrainedEpoch trained, SplitName split)
    {
        _engine.ReadParameters(Parameters);
        _engine.ReadStatistics(_network.AsSpan(_setup.Shape.ParameterCount));
        DivergenceOrigin? origin = DivergenceSource.OfEvaluation(
            _setup.Network, Parameters, _network.AsSpan(_setup.Shape.ParameterCount), _setup.Data[split]);
        if (_keeper.Last is { } good && trained.Part.Step > 0 && !Parameters.ToArray().All(float.IsFinite))
        {
            origin = _descent.OriginOf(good, trained.Epoch, trained.Part.Step) ?? origin;
        }
        return Divergence.Explained(failure, origin, _experiment.Optimizer);
    }

    private (int Epoch, EpochPart Part) Begin(CancellationToken cancellation)
    {
        if (InitialNetwork is { } network)
        {
            network.CopyTo(_network, 0);
            _engine.WriteStatistics(_network.AsSpan(_setup.Shape.ParameterCount));
        }
        else
        {
            _experiment.Model.Init.Fill(_setup.Shape, _experiment.Seed, Parameters);
        }
        _engine.WriteParameters(Parameters);
        if (_setup.Average is not null)
        {
            _engine.WriteAverage(Parameters);
        }
        Record(TrainedEpoch.None, cancellation);
        _keeper.AfterEpoch(0);
        return (0, default);
    }

    /// <summary>What the run knows of itself beside the network follows from the recorded epochs.</summary>
    private (int Epoch, EpochPart Part) Resume(Resumption from)
    {
        foreach (EpochRecord record in from.Recorded)
        {
            _earlyStopping?.Observe(record);
            IsBest(record.Validation);
            if (record.Epoch > 0)
            {
                _descent.Observe(record);
            }
        }
        _keeper.Resume(from.Checkpoint);
        return (from.Checkpoint.Epoch, from.Checkpoint.Part);
    }

    private Span<float> Parameters => _network.AsSpan(0, _setup.Shape.ParameterCount);

    /// <summary>What was trained is not lost when it cannot be measured, because the run is to stop, or not recorded.</summary>
    private EpochRecord RecordOrKeep(TrainedEpoch trained, CancellationToken cancellation)
    {
        try
        {
            return Record(trained, cancellation);
        }
        catch (Exception failure) when (failure is OperationCanceledException or RunFailedException && trained.Part.Step > 0)
        {
            try
            {
                _keeper.Rescue(trained.Epoch - 1, trained.Part);
            }
            catch (RunFailedException) when (failure is RunFailedException)
            {
                // The first failure is the one to tell.
            }
            throw;
        }
    }

    /// <summary>Measures and tells of the parameters, or of their average where one is kept.</summary>
    private EpochRecord Record(TrainedEpoch trained, CancellationToken cancellation)
    {
        if (_setup.Average is null)
        {
            return RecordParameters(trained, cancellation);
        }
        _engine.ReadParameters(_raw);
        _engine.ReadAverage(Parameters);
        _engine.WriteParameters(Parameters);
        try
        {
            return RecordParameters(trained, cancellation);
        }
        finally
        {
            _engine.WriteParameters(_raw);
        }
    }

    private EpochRecord RecordParameters(TrainedEpoch trained, CancellationToken cancellation)
    {
        long start = Stopwatch.GetTimestamp();
        Evaluation? train = _experiment.EvaluateTrain ? _measurement.Of(SplitName.Train, cancellation) : null;
        Evaluation? validation = _setup.Data.Validation is null ? null : _measurement.Of(SplitName.Validation, cancellation);
        Evaluation test = _measurement.Of(SplitName.Test, cancellation);
        TimeSpan evaluation = Stopwatch.GetElapsedTime(start);
        // The last step of an epoch may be the one that went too far; its own loss was still finite.
        Check(SplitName.Train, train, trained);
        Check(SplitName.Validation, validation, trained);
        Check(SplitName.Test, test, trained);
        _engine.ReadParameters(Parameters);
        _engine.ReadStatistics(_network.AsSpan(_setup.Shape.ParameterCount));
        var record = new EpochRecord(
            trained.Epoch, trained.Step, trained.Lr, trained.Running, train, validation, test, ParameterDigest.Of(_network), trained.Search);
        _earlyStopping?.Observe(record);
        _observer.OnEpoch(record, new EpochTiming(trained.Epoch, trained.Part.Training, evaluation), _network, IsBest(validation));
        return record;
    }

    private void Check(SplitName split, Evaluation? measured, TrainedEpoch trained)
    {
        try
        {
            Divergence.Check(measured, trained.Step, trained.Epoch, _experiment.Optimizer);
        }
        catch (DivergedException failure)
        {
            throw Explained(failure, trained, split);
        }
    }

    private bool IsBest(Evaluation? validation)
    {
        bool isBest = validation is { } now && (_best is not { } best || _ranking.IsBetter(now, best));
        _best = isBest ? validation : _best;
        return isBest;
    }
}
