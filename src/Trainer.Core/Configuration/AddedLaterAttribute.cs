namespace Trainer.Configuration;

/// <summary>
/// Marks a configuration value that came after the first runs were recorded. While it has its default, which must mean what
/// the program did before, it is written neither into the resolved configuration nor into the hash that names the run folder:
/// older configurations keep their hash, and their runs are found again.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AddedLaterAttribute : Attribute;
