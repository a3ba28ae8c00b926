using Trainer.Networks;

namespace Trainer.Engines.Gpu;

/// <summary>Outputs of layers taken together.</summary>
internal static class MlpShapeUnits
{
    /// <summary>Outputs of all layers.</summary>
    public static int Units(this MlpShape shape) => shape.Layers.Sum(layer => layer.Outputs);

    /// <summary>Outputs of the layers before layer <paramref name="index"/>.</summary>
    public static int UnitsBefore(this MlpShape shape, int index) => shape.Layers.Take(index).Sum(layer => layer.Outputs);
}
