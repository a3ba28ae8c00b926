using Trainer.Diagnostics;
using Trainer.Engines;

namespace Trainer.Runs;

/// <content>Goes the last steps before a divergence again, and looks where it began.</content>
internal sealed partial class RuleDescent
{
    /// <inheritdoc/>
    public DivergenceOrigin? OriginOf(Checkpoint good, int epoch, int step)
    {
        int done = good.Epoch == epoch - 1 ? good.Part.Step : 0;
        good.Network.Write(engine);
        EpochPlan plan = Plan(epoch);
        float[] before = new float[setup.Shape.ParameterCount], parameters = new float[setup.Shape.ParameterCount];
        int previous = Math.Max(done, step - 1);
        Again(plan, epoch, done, previous);
        engine.ReadParameters(before);
        Again(plan, epoch, previous, step);
        engine.ReadParameters(parameters);
        DivergenceOrigin? origin = step < plan.StepCount ? OfStep(plan, epoch, step, parameters) : null;
        // Parameters that were spoilt before the step were spoilt by the one before it: its own loss was still a number.
        return previous < step && (origin is null || IsOfParameters(origin)) ? OfUpdate(plan, epoch, previous, before, parameters) ?? origin : origin;
    }

    private static bool IsOfParameters(DivergenceOrigin origin) =>
        origin.Place is DivergencePlace.Weight or DivergencePlace.Bias or DivergencePlace.Scale or DivergencePlace.Shift;

    private void Again(EpochPlan plan, int epoch, int first, int end)
    {
        // By slices as long as they were: what is prepared of the inputs has room for no more.
        for (int step = first; step < end;)
        {
            int next = Math.Min(step + _slice.Length, end);
            Prepare(plan, epoch, step..next);
            engine.Train(plan, step..next, results, CancellationToken.None);
            step = next;
        }
    }

    private DivergenceOrigin? OfStep(EpochPlan plan, int epoch, int step, float[] parameters)
    {
        (float[] inputs, byte[] labels) = Batch(plan, epoch, step);
        return DivergenceSource.OfStep(setup, parameters, inputs, labels, plan.FirstStep + step + 1);
    }

    private DivergenceOrigin? OfUpdate(EpochPlan plan, int epoch, int step, float[] before, float[] after)
    {
        (float[] inputs, byte[] labels) = Batch(plan, epoch, step);
        return DivergenceSource.OfUpdate(setup, before, inputs, labels, plan.FirstStep + step + 1, after);
    }

    /// <summary>The rows of a step as the network saw them, and their classes.</summary>
    private (float[] Inputs, byte[] Labels) Batch(EpochPlan plan, int epoch, int step)
    {
        Prepare(plan, epoch, step..(step + 1));
        (int start, int count) = plan.Rows(step);
        int width = setup.Shape.Inputs;
        float[] inputs = new float[count * width];
        byte[] labels = new byte[count];
        for (int b = 0; b < count; b++)
        {
            int row = plan.Order[start + b];
            labels[b] = _train.Label(row);
            Span<float> x = inputs.AsSpan(b * width, width);
            if (_inputs is not null)
            {
                _inputs.Row(start + b).CopyTo(x);
                continue;
            }
            ReadOnlySpan<byte> pixels = _train.Pixels(row);
            for (int i = 0; i < width; i++)
            {
                x[i] = pixels[i] / 255f;
            }
        }
        return (inputs, labels);
    }
}
