using System.Diagnostics;
using Trainer.Benchmarks.Cases;
using Trainer.Data;
using Trainer.Devices;
using Trainer.Engines;
using Trainer.Engines.Gpu;
using Trainer.Randomness;
using Trainer.Runs;

namespace Trainer.Benchmarks.Gpu;

/// <summary>Networks side by side on a device, each of its own seed, and nothing around: no files, no progress.</summary>
internal sealed class GpuTrial : IDisposable
{
    private readonly Experiment[] _experiments;
    private readonly TrainingSetup[] _setups;
    private readonly ObservedQueue _queue;
    private readonly GpuNetworks _networks;
    private readonly RowResults[] _results;
    private uint _epoch;
    private long _step;

    /// <summary>Builds the networks and gives them initial weights.</summary>
    /// <param name="device">Where.</param>
    /// <param name="training">What to train; the others have the seeds behind its own.</param>
    /// <param name="data">On what.</param>
    /// <param name="networks">How many.</param>
    /// <exception cref="Failures.DeviceException">The device cannot be used, or has too little memory.</exception>
    public GpuTrial(GpuDevice device, TrainingCase training, DataSet data, int networks)
    {
        _experiments = [.. Enumerable.Range(0, networks).Select(k => (training with { Seed = training.Seed + (ulong)k }).ToExperiment())];
        _setups = [.. _experiments.Select(experiment => Run.Setup(experiment, data))];
        _queue = new ObservedQueue(GpuEngine.DriverOf(device.Api).Open(device.Info.Index, new GpuFormulas(_setups[0]).Program));
        _networks = new GpuNetworks(_setups, _queue);
        int rows = Math.Max(data.Train.Count, data.Test.Count);
        _results = [.. _setups.Select(_ => new RowResults(rows))];
        float[] parameters = new float[_setups[0].Shape.ParameterCount];
        for (int network = 0; network < networks; network++)
        {
            _experiments[network].Model.Init.Fill(_setups[network].Shape, _experiments[network].Seed, parameters);
            _networks.Weights.Write(_networks.Weights.Parameters, network, parameters);
        }
    }

    /// <summary>Multiprocessors of the device.</summary>
    public int Multiprocessors => _queue.Multiprocessors;

    /// <summary>State vectors of the optimizer.</summary>
    public int StateCount => _networks.StateCount;

    /// <summary>Steps of an epoch.</summary>
    public int Steps => (_setups[0].Data.Train.Count + _setups[0].BatchSize - 1) / _setups[0].BatchSize;

    /// <summary>Launches of the last epoch.</summary>
    public long LaunchesOfEpoch { get; private set; }

    /// <summary>Seconds that drawing the order of the rows took, before the last epoch and for all networks.</summary>
    public double OrderSeconds { get; private set; }

    /// <summary>Trains on, a call an epoch; the orders of the rows are drawn before the clock runs.</summary>
    /// <param name="epochs">How many.</param>
    /// <param name="mode">What of it the device is given.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Seconds of the calls.</returns>
    public double Train(int epochs, QueueMode mode, CancellationToken cancellation)
    {
        _queue.Mode = mode;
        double seconds = 0;
        for (int k = 0; k < epochs; k++)
        {
            long drawing = Stopwatch.GetTimestamp();
            EpochPlan[] plans = NextPlans();
            OrderSeconds = Stopwatch.GetElapsedTime(drawing).TotalSeconds;
            long launches = _queue.Launches;
            long start = Stopwatch.GetTimestamp();
            _networks.Train(plans, 0..plans[0].StepCount, _results, cancellation);
            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
            LaunchesOfEpoch = _queue.Launches - launches;
        }
        _queue.Mode = QueueMode.Everything;
        return seconds;
    }

    /// <summary>Part of the test rows that the first network classifies correctly.</summary>
    public double TestAccuracy(CancellationToken cancellation)
    {
        _networks.Evaluate(SplitName.Test, .._setups[0].Data.Test.Count, _results, cancellation);
        return _results[0].Summarize(_setups[0].Data.Test).Accuracy;
    }

    /// <summary>Copies the parameters of a network.</summary>
    public float[] Parameters(int network)
    {
        float[] parameters = new float[_setups[network].Shape.ParameterCount];
        _networks.Weights.Read(_networks.Weights.Parameters, network, parameters);
        return parameters;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _networks.Dispose();
        _queue.Dispose();
    }

    private EpochPlan[] NextPlans()
    {
        _epoch++;
        EpochPlan[] plans = [.. _setups.Select((setup, network) =>
        {
            int[] order = new int[setup.Data.Train.Count];
            new Philox(_experiments[network].Seed, RandomStream.Shuffle, _epoch).Permutation(order);
            return new EpochPlan(order, setup.BatchSize, _step, _ => _experiments[network].Optimizer.ForEngine().Lr);
        })];
        _step += plans[0].StepCount;
        return plans;
    }
}
