using Trainer.Networks;
using Trainer.Randomness;

namespace Trainer.Initializers;

/// <summary>How the weights and biases of a layer start, as a configuration names it.</summary>
public abstract record Initializer
{
    /// <summary>The first parameters of a whole network, in the order of <see cref="MlpShape"/>.</summary>
    /// <remarks>Element k of a tensor (row-major, [out, in]) comes from index k of stream
    /// <see cref="RandomStream.Initialization"/>, whose step is the tensor's number: 2·layer for weights,
    /// 2·layer + 1 for biases. So a layer's start does not depend on the layers before it. Of a batch normalisation γ starts at
    /// 1 and β at 0.</remarks>
    /// <exception cref="ArgumentException">The destination is not <see cref="MlpShape.ParameterCount"/> long.</exception>
    public void Fill(MlpShape shape, ulong seed, Span<float> destination)
    {
        if (destination.Length != shape.ParameterCount)
        {
            throw new ArgumentException($"{shape} has {shape.ParameterCount} parameters, not {destination.Length}");
        }
        foreach (DenseLayer layer in shape.Layers)
        {
            uint tensor = 2 * (uint)layer.Index;
            FillWeights(
                layer, new Philox(seed, RandomStream.Initialization, tensor), destination.Slice(layer.WeightOffset, layer.WeightCount));
            FillBiases(
                layer, new Philox(seed, RandomStream.Initialization, tensor + 1), destination.Slice(layer.BiasOffset, layer.Outputs));
            if (layer.IsNormalized)
            {
                destination.Slice(layer.ScaleOffset, layer.Outputs).Fill(1);
                destination.Slice(layer.ShiftOffset, layer.Outputs).Clear();
            }
        }
    }

    /// <summary>Fills the weights of <paramref name="layer"/>, [out, in].</summary>
    protected abstract void FillWeights(DenseLayer layer, Philox random, Span<float> destination);

    /// <summary>Fills the biases of <paramref name="layer"/>; with 0 unless overridden.</summary>
    protected virtual void FillBiases(DenseLayer layer, Philox random, Span<float> destination) => destination.Clear();

    /// <summary>Uniform in ±<paramref name="bound"/>: (2u − 1)·bound in binary64, rounded once.</summary>
    protected static void FillUniform(Philox random, double bound, Span<float> destination)
    {
        for (int k = 0; k < destination.Length; k++)
        {
            destination[k] = (float)((2.0 * random.Uniform((ulong)k) - 1.0) * bound);
        }
    }

    /// <summary>Normal with mean 0 and standard deviation <paramref name="deviation"/>, rounded once.</summary>
    protected static void FillNormal(Philox random, double deviation, Span<float> destination)
    {
        for (int k = 0; k < destination.Length; k++)
        {
            destination[k] = (float)(random.Normal((ulong)k) * deviation);
        }
    }
}
