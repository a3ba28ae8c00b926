using Trainer.Optimizers;

namespace Trainer.GradientChecks;

/// <summary>The step of an update rule as its paper states it, from all gradients so far: how far w moves.</summary>
/// <param name="optimizer">The constants.</param>
/// <param name="gradients">g_1 … g_t.</param>
internal delegate double UpdateEquation(Optimizer optimizer, ReadOnlySpan<double> gradients);
