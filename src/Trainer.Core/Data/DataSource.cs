namespace Trainer.Data;

/// <summary>Where an experiment's images come from.</summary>
public enum DataSource
{
    /// <summary>Fashion-MNIST if its files can be had, else the embedded garments; the resolved configuration says which.</summary>
    Auto,

    /// <summary>The official files and nothing else.</summary>
    FashionMnist,

    /// <summary>Our own drawings.</summary>
    Embedded,
}
