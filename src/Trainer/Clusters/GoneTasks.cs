namespace Trainer.Clusters;

/// <summary>Tasks of one array that the scheduler has ceased to know.</summary>
/// <param name="Name">The array's name.</param>
/// <param name="Indices">The tasks, as "1-24,30".</param>
/// <param name="Since">When it was first asked without knowing them, UTC.</param>
internal sealed record GoneTasks(string Name, string Indices, DateTimeOffset Since);
