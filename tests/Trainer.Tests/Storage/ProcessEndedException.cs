namespace Trainer.Tests.Storage;

/// <summary>Stands for the end of the process by force: nothing catches it, and nothing is written after it.</summary>
public sealed class ProcessEndedException(string message) : Exception(message);
