namespace Trainer.Engines;

/// <summary>All that an engine keeps of a network between two steps, on the host: whoever has it goes on to the bit, on any
/// engine.</summary>
/// <param name="setup">What the engine was made for.</param>
/// <param name="stateCount">State vectors of its optimizer (<see cref="IEngine.StateCount"/>).</param>
public sealed class NetworkState(TrainingSetup setup, int stateCount)
{
    /// <summary>The parameters, in the layout of the shape.</summary>
    public float[] Parameters { get; } = new float[setup.Shape.ParameterCount];

    /// <summary>The state vectors of the optimizer, each in the layout of the parameters.</summary>
    public IReadOnlyList<float[]> Optimizer { get; } =
        [.. Enumerable.Range(0, stateCount).Select(_ => new float[setup.Shape.ParameterCount])];

    /// <summary>The running statistics of the batch normalisations; empty without any.</summary>
    public float[] Statistics { get; } = new float[setup.Shape.StatisticsCount];

    /// <summary>The average of the parameters; null where none is kept.</summary>
    public float[]? Average { get; } = setup.Average is null ? null : new float[setup.Shape.ParameterCount];

    /// <summary>The network of <paramref name="engine"/>.</summary>
    public static NetworkState Of(TrainingSetup setup, IEngine engine)
    {
        var state = new NetworkState(setup, engine.StateCount);
        state.Read(engine);
        return state;
    }

    /// <summary>Takes what <paramref name="engine"/> has.</summary>
    public void Read(IEngine engine)
    {
        engine.ReadParameters(Parameters);
        engine.ReadStatistics(Statistics);
        if (Average is not null)
        {
            engine.ReadAverage(Average);
        }
        for (int index = 0; index < Optimizer.Count; index++)
        {
            engine.ReadState(index, Optimizer[index]);
        }
    }

    /// <summary>Gives it to <paramref name="engine"/>.</summary>
    public void Write(IEngine engine)
    {
        engine.WriteParameters(Parameters);
        engine.WriteStatistics(Statistics);
        if (Average is not null)
        {
            engine.WriteAverage(Average);
        }
        for (int index = 0; index < Optimizer.Count; index++)
        {
            engine.WriteState(index, Optimizer[index]);
        }
    }
}
