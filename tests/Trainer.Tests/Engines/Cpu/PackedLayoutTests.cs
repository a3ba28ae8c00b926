using Trainer.Engines.Cpu;
using Trainer.Networks;

namespace Trainer.Tests.Engines.Cpu;

public class PackedLayoutTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(3, 17, 2)]
    [InlineData(65, 64, 10)]
    [InlineData(784, 100, 10)]
    [InlineData(5, 130, 129)]
    public void EveryParameter_HasAPlaceOfItsOwn_AndPaddingIsZero(int inputs, int hidden, int outputs)
    {
        var shape = new MlpShape(inputs, hidden, outputs);
        var layout = new PackedLayout(shape);
        var packed = new AlignedBuffer(layout.Length);
        float[] flat = [.. Enumerable.Range(1, shape.ParameterCount).Select(k => (float)k)];
        layout.Pack(flat, packed);
        Assert.Equal(flat, packed.Span.ToArray().Where(value => value != 0).Order());
        float[] back = new float[flat.Length];
        layout.Unpack(packed, back);
        Assert.Equal(flat, back);
    }

    [Theory]
    [InlineData(7, 5)]
    [InlineData(64, 64)]
    [InlineData(130, 67)]
    public unsafe void TransposedWeights_AreTheWeights(int inputs, int outputs)
    {
        var layout = new PackedLayout(new MlpShape(3, inputs, outputs));
        var parameters = new AlignedBuffer(layout.Length);
        for (int k = 0; k < layout.Length; k++)
        {
            parameters.Span[k] = k;
        }
        PackedLayer layer = layout.Layers[1];
        var transposed = new TransposedWeights(layer);
        transposed.Copy(parameters.Pointer, 0, 4);
        transposed.Copy(parameters.Pointer, 4, layer.Inputs);
        Panels weights = layer.Weights(parameters.Pointer);
        for (int i = 0; i < inputs; i++)
        {
            for (int o = 0; o < outputs; o++)
            {
                Assert.Equal(*weights.At(i, o), *transposed.Panels.At(o, i));
            }
        }
        GC.KeepAlive(parameters);
    }
}
