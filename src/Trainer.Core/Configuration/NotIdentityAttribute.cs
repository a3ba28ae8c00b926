namespace Trainer.Configuration;

/// <summary>
/// Marks a configuration value that does not say which experiment this is (the seed, the device): it stays out of the
/// hash that names the run folder.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotIdentityAttribute : Attribute;
