using Trainer.Engines.Gpu.Drivers;
using Trainer.Networks;

namespace Trainer.Engines.Gpu;

/// <summary>Device memory for what the layers of several networks compute for a batch.</summary>
internal sealed class GpuRoom
{
    /// <summary>Allocates it.</summary>
    /// <param name="buffers">Whose it becomes.</param>
    /// <param name="shape">Layer sizes.</param>
    /// <param name="networks">How many networks, side by side.</param>
    /// <param name="batch">The largest number of rows that pass at a time.</param>
    /// <param name="steps">For how many steps rows are gathered at a time.</param>
    /// <param name="kind">What they pass for.</param>
    /// <param name="features">What there is beside a plain network.</param>
    public GpuRoom(GpuBuffers buffers, MlpShape shape, int networks, int batch, int steps, GpuPassKind kind, GpuFeatures features)
    {
        Steps = steps;
        bool backward = kind != GpuPassKind.Evaluation;
        long units = (long)networks * batch * shape.Units();
        X = buffers.Allocate<float>((long)networks * batch * steps * shape.Inputs);
        Z = buffers.Allocate<float>(units);
        A = buffers.Allocate<float>(units);
        Dz = buffers.Allocate<float>(backward ? units : 0);
        Outputs = kind == GpuPassKind.Training && features.IsDropped ? buffers.Allocate<float>(units) : A;
        Normal = buffers.Allocate<float>(backward && features.IsNormalized ? units : 0);
        Means = buffers.Allocate<float>(features.IsNormalized ? (long)networks * shape.Units() : 0);
        Deviations = buffers.Allocate<float>(features.IsNormalized ? (long)networks * shape.Units() : 0);
    }

    /// <summary>For how many steps rows are gathered at a time.</summary>
    public int Steps { get; }

    /// <summary>Gathered rows as numbers, (networks, steps · batch, inputs).</summary>
    public GpuBuffer X { get; }

    /// <summary>Pre-activations, (networks, layer, batch, outputs of the layer): z, or y behind a batch normalisation.</summary>
    public GpuBuffer Z { get; }

    /// <summary>Activations, as <see cref="Z"/>.</summary>
    public GpuBuffer A { get; }

    /// <summary>What the next layer reads, as <see cref="Z"/>: with dropout what is left of the activations, else these.</summary>
    public GpuBuffer Outputs { get; }

    /// <summary>ẑ of batch normalisations, as <see cref="Z"/>.</summary>
    public GpuBuffer Normal { get; }

    /// <summary>What each unit is normalised with, (networks, units): the mean.</summary>
    public GpuBuffer Means { get; }

    /// <summary>And 1/√(variance + ε).</summary>
    public GpuBuffer Deviations { get; }

    /// <summary>Gradients to the pre-activations, as <see cref="Z"/>.</summary>
    public GpuBuffer Dz { get; }
}
