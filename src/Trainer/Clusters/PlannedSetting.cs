namespace Trainer.Clusters;

/// <summary>A key that differs between cells, and what one of them has.</summary>
/// <param name="Key">The whole path.</param>
/// <param name="Value">The value as it would be written.</param>
internal sealed record PlannedSetting(string Key, string Value);
