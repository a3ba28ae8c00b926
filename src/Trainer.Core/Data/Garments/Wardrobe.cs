namespace Trainer.Data.Garments;

/// <summary>The ten kinds of garment.</summary>
internal static class Wardrobe
{
    /// <summary>The kinds in the label order of Fashion-MNIST.</summary>
    public static readonly IReadOnlyList<Garment> ByLabel =
    [
        new TShirt(), new Trouser(), new Pullover(), new Dress(), new Coat(),
        new Sandal(), new Shirt(), new Sneaker(), new Bag(), new AnkleBoot(),
    ];
}
