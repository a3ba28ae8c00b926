using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Runs;

/// <summary>The network that a run begins with, where it is not initialised: another run's. The optimizer begins anew.</summary>
[Description("begins with the weights of another run, in the place of model.init")]
public sealed record StartingWeights
{
    /// <summary>Where they lie: the folder of a run, for those of its last epoch, or a file.</summary>
    [NotIdentity]
    [Description("folder of a run, for the weights of its last epoch, or a .safetensors file of such a network, as a run's checkpoints/best.safetensors")]
    public required string Weights { get; init; }

    /// <summary>First 16 hexadecimal digits of their SHA-256, as <c>metrics.csv</c> has them; null for whichever are found.</summary>
    [Description("digest that they must have, as metrics.csv has it; null for whichever are there, and then filled in")]
    public string? Digest { get; init => field = Checked(value); }

    private static string? Checked(string? digest) => digest is null || (digest.Length == ParameterDigest.Digits && digest.All(char.IsAsciiHexDigitLower))
        ? digest
        : throw new ArgumentException($"'{digest}' is not {ParameterDigest.Digits} hexadecimal digits in lower case");
}
