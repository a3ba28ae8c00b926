using Trainer.Engines;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>All that an engine keeps between steps.</summary>
internal static class EngineState
{
    /// <summary>Carries it from one engine to another.</summary>
    public static void Copy(IEngine from, IEngine to, TrainingSetup setup)
    {
        float[] vector = new float[setup.Shape.ParameterCount];
        from.ReadParameters(vector);
        to.WriteParameters(vector);
        for (int s = 0; s < from.StateCount; s++)
        {
            from.ReadState(s, vector);
            to.WriteState(s, vector);
        }
        if (setup.Average is not null)
        {
            from.ReadAverage(vector);
            to.WriteAverage(vector);
        }
        float[] statistics = new float[setup.Shape.StatisticsCount];
        from.ReadStatistics(statistics);
        to.WriteStatistics(statistics);
    }
}
