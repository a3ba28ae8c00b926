using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Normalizations;

/// <summary>Nothing: the activation takes z.</summary>
[ConfigName("none")]
[Description("nothing")]
public sealed record NoNormalization : Normalization;
