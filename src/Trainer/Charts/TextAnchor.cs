namespace Trainer.Charts;

/// <summary>Which end of a line of text its place means.</summary>
internal enum TextAnchor
{
    /// <summary>Its beginning.</summary>
    Start,

    /// <summary>Its middle.</summary>
    Middle,

    /// <summary>Its end.</summary>
    End,
}
