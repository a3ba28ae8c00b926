using Trainer.Networks;

namespace Trainer.Tests.Networks;

public class MlpShapeTests
{
    [Fact]
    public void Layers_FollowOneAnother_InTheOrderOfPytorchsParameters()
    {
        var shape = new MlpShape(784, 128, 64, 10);
        Assert.Equal([0, 100_480, 108_736], shape.Layers.Select(layer => layer.WeightOffset));
        Assert.Equal([100_352, 108_672, 109_376], shape.Layers.Select(layer => layer.BiasOffset));
        // 784·128 + 128 + 128·64 + 64 + 64·10 + 10.
        Assert.Equal(109_386, shape.ParameterCount);
        Assert.Equal("784-128-64-10", shape.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("5-0-3")]
    [InlineData("65536-65536-65536")]
    public void Shape_RefusesWhatIsNoNetwork(string sizes) => Assert.Throws<ArgumentException>(
        () => new MlpShape([.. sizes.Split('-', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)]));
}
