namespace Trainer.Engines.Gpu.Drivers;

/// <summary>How many threads a kernel runs on: a grid of groups.</summary>
/// <param name="X">Groups along the first dimension, 1 or more.</param>
/// <param name="Y">Groups along the second, 1 to 65,535.</param>
/// <param name="Z">Groups along the third, 1 to 65,535.</param>
/// <param name="Threads">Threads of a group, along the first dimension.</param>
internal readonly record struct LaunchSize(int X, int Y, int Z, int Threads);
