using Trainer.Engines;
using Trainer.Networks;

namespace Trainer.Runs;

/// <summary>Records the first steps of a run in detail, where that was asked for; it changes no number.</summary>
/// <param name="engine">What computes.</param>
/// <param name="shape">The network.</param>
/// <param name="results">Where the engine puts what came of each row.</param>
/// <param name="observer">Who hears of it.</param>
/// <param name="count">How many steps, at most those of the first epoch; 0 for none.</param>
internal sealed class FirstSteps(IEngine engine, MlpShape shape, RowResults results, IRunObserver observer, int count)
{
    private float[]? _initial;
    private float[]? _gradient;

    /// <summary>Before the first step of an epoch.</summary>
    public void Begin(EpochPlan plan)
    {
        if (count > 0 && plan.FirstStep == 0)
        {
            _initial = new float[shape.ParameterCount];
            _gradient = new float[shape.ParameterCount];
            engine.ReadParameters(_initial);
            engine.Gradient(plan.Batch(0), _gradient);
        }
    }

    /// <summary>After <paramref name="steps"/> steps of the epoch.</summary>
    public void After(EpochPlan plan, int steps)
    {
        int wanted = Math.Min(count, plan.StepCount);
        if (_initial is not null && _gradient is not null && steps >= wanted)
        {
            double[] losses = [.. Enumerable.Range(0, wanted).Select(s => results.MeanLoss(plan.Rows(s).Start, plan.Rows(s).Count))];
            observer.OnTrace(new RunTrace(_initial, _gradient, losses));
            _initial = _gradient = null;
        }
    }
}
