using Trainer.Data;

namespace Trainer.Verification;

/// <summary>How large a data set is: all that step counts and a network's shape need of it.</summary>
/// <param name="Train">Training images, those of the validation split among them.</param>
/// <param name="Test">Test images.</param>
/// <param name="Pixels">Pixels of each.</param>
/// <param name="Classes">Classes.</param>
internal sealed record DataSizes(int Train, int Test, int Pixels, int Classes)
{
    /// <summary>Fashion-MNIST's, which are known without it.</summary>
    public static DataSizes Official { get; } = new(60_000, 10_000, 28 * 28, FashionMnist.ClassNames.Count);

    /// <summary>Those of <paramref name="data"/>.</summary>
    public static DataSizes Of(DataSet data) => new(data.Train.Count, data.Test.Count, data.Train.PixelsPerImage, data.ClassNames.Count);
}
