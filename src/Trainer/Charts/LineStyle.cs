namespace Trainer.Charts;

/// <summary>How a line is stroked, so that series differ in more than their colour.</summary>
internal enum LineStyle
{
    /// <summary>Unbroken.</summary>
    Solid,

    /// <summary>In dashes.</summary>
    Dashed,
}
