using Trainer.Data;

namespace Trainer.Clusters;

/// <summary>The images of a sweep's cells.</summary>
/// <param name="Source">What the configurations call them.</param>
/// <param name="Name">The data set's name.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Folder">Where its files lie; null where the program draws them.</param>
internal sealed record PlannedData(DataSource Source, string Name, string Hash, string? Folder);
