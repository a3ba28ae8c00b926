using System.ComponentModel;

namespace Trainer.Normalizations;

/// <summary>What stands between a hidden layer's z and its activation, as a configuration names it.</summary>
[Description("what stands between a hidden layer and its activation")]
public abstract record Normalization;
