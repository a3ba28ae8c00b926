namespace Trainer.Data.Garments;

/// <summary>A kind of garment: a class of the data set.</summary>
/// <param name="name">The class name.</param>
/// <param name="patterned">The probability of stripes or a plaid.</param>
internal abstract class Garment(string name, float patterned)
{
    /// <summary>The class name.</summary>
    public string Name { get; } = name;

    /// <summary>The probability of stripes or a plaid.</summary>
    public float Patterned { get; } = patterned;

    /// <summary>Draws one of this kind, its proportions thrown with the easel's dice, in garment coordinates.</summary>
    public abstract void Draw(Easel easel);
}
