namespace Trainer.Engines.Joint;

/// <summary>All that an engine keeps of a network between steps.</summary>
internal sealed class NetworkState
{
    private readonly IEngine _engine;
    private readonly float[] _parameters;
    private readonly float[] _statistics;
    private readonly float[]? _average;
    private readonly float[][] _states;

    /// <summary>Reads it.</summary>
    public NetworkState(TrainingSetup setup, IEngine engine)
    {
        _engine = engine;
        int length = setup.Shape.ParameterCount;
        engine.ReadParameters(_parameters = new float[length]);
        engine.ReadStatistics(_statistics = new float[setup.Shape.StatisticsCount]);
        if (setup.Average is not null)
        {
            engine.ReadAverage(_average = new float[length]);
        }
        _states = [.. Enumerable.Range(0, engine.StateCount).Select(index =>
        {
            float[] state = new float[length];
            engine.ReadState(index, state);
            return state;
        })];
    }

    /// <summary>Writes it back.</summary>
    public void Restore()
    {
        _engine.WriteParameters(_parameters);
        _engine.WriteStatistics(_statistics);
        if (_average is not null)
        {
            _engine.WriteAverage(_average);
        }
        foreach ((int index, float[] state) in _states.Index())
        {
            _engine.WriteState(index, state);
        }
    }
}
