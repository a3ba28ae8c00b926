using Trainer.Optimizers;

namespace Trainer.Engines.Gpu;

/// <summary>How much device memory networks take, as an estimate: what is allocated for each is elsewhere.</summary>
internal static class GpuMemory
{
    // The benchmark goes as far; with more, a card has long been busy, and each needs a thread and its room on the host.
    private const int MostNetworks = 64;

    // Of the memory, for the driver and for who else uses the device.
    private const double Spare = 0.2;

    // What networks share and is bounded for all of them together: gathered rows, prepared inputs, and the room of evaluations.
    private const long Shared = (128L + 128 + 256) << 20;

    /// <summary>How many networks like <paramref name="setup"/>'s fit into <paramref name="memory"/> bytes, 1 to 64.</summary>
    public static int Networks(TrainingSetup setup, long memory)
    {
        long images = setup.Data.Train.Source.Pixels.Length + (long)setup.Data.Test.Source.Pixels.Length;
        double left = (memory * (1 - Spare)) - Shared - images;
        return (int)Math.Clamp(left / BytesOf(setup), 1, MostNetworks);
    }

    /// <summary>Bytes that each network takes beside that.</summary>
    public static long BytesOf(TrainingSetup setup)
    {
        var formulas = new GpuFormulas(setup);
        GpuFeatures features = formulas.Features;
        int vectors = 1 + formulas.StateCount + (features.Averages ? 1 : 0) + (features.IsStaged ? 1 : 0);
        long units = setup.Shape.Units(), inputs = setup.Shape.Inputs, train = setup.Data.Train.Count;
        // Activations: z, a, dz, what dropout leaves and what is normalised; the shortest sequences and prepared slices; the smallest evaluation.
        long rowsTogether = (5 * units) + (RecordedSteps.Lengths[^1] * inputs);
        long evaluated = GpuEvaluation.FewestRows * (inputs + (2 * units));
        // Of each row which image it is, loss and prediction; for training also what the rule takes.
        long rows = (3 * (train + train + (setup.Data.Validation?.Count ?? 0) + setup.Data.Test.Count))
            + ((StepScalars.Count + UpdateLaunches.DecayCount) * train);
        return sizeof(float) * (
            ((long)vectors * setup.Shape.ParameterCount) + setup.Shape.StatisticsCount
            + (setup.RowsTogether * rowsTogether) + (setup.BatchSize * inputs) + evaluated + rows);
    }
}
