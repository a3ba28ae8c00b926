using Trainer.Benchmarks.Cases;

namespace Trainer.Benchmarks.Growth;

/// <summary>One place of a sweep.</summary>
/// <param name="X">The quantity's value.</param>
/// <param name="Training">What is trained.</param>
/// <param name="Threads">On how many threads.</param>
/// <param name="Rows">On how many rows.</param>
internal sealed record SweepPoint(double X, TrainingCase Training, int Threads, int Rows);
