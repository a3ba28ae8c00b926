namespace Trainer.Clusters;

/// <summary>What is read from a file of a submitted sweep, and may have been changed there by anybody.</summary>
internal interface IClusterRecord
{
    /// <summary>Whether it is such as this program writes, as far as its types alone do not say.</summary>
    bool IsSound { get; }
}
