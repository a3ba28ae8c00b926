namespace Trainer.Engines.Gpu;

/// <summary>One device of a driver.</summary>
/// <param name="Index">Its place among the driver's devices.</param>
/// <param name="Name">Its name for itself.</param>
/// <param name="Memory">Bytes of its memory.</param>
/// <param name="Driver">Version of the driver, for people.</param>
/// <param name="Problem">Why this program cannot use it; null where it can.</param>
public sealed record GpuDeviceInfo(int Index, string Name, long Memory, string Driver, string? Problem);
