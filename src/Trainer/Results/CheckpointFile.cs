using System.Security.Cryptography;
using System.Text;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Results;

/// <summary>What lies beside a checkpoint's arrays: of which run it is, and where in it.</summary>
internal sealed record CheckpointFile
{
    /// <summary>The version of this layout; files of another are not read.</summary>
    public const int Version = 1;

    /// <summary>Version of this file's layout.</summary>
    public required int Format { get; init; }

    /// <summary>Of which experiment (<see cref="IdentityOf"/>).</summary>
    public required string Experiment { get; init; }

    /// <summary>SHA-256 of the data set.</summary>
    public required string DataHash { get; init; }

    /// <summary>The last recorded epoch.</summary>
    public required int Epoch { get; init; }

    /// <summary>Steps done of the next one.</summary>
    public required int Step { get; init; }

    /// <summary>The losses of their rows, summed.</summary>
    public required double LossSum { get; init; }

    /// <summary>How many of their rows were classified right.</summary>
    public required int Correct { get; init; }

    /// <summary>How long they took.</summary>
    public required double TrainingSeconds { get; init; }

    /// <summary>How long the whole run has taken so far.</summary>
    public required double Seconds { get; init; }

    /// <summary>SHA-256 of the arrays' file.</summary>
    public required string ArraysHash { get; init; }

    /// <summary>Whether the arrays hold the parameters before the last step, for diagnostics.</summary>
    public bool HasLastStep { get; init; }

    /// <summary>SHA-256 of all that stands above, as it is written with this empty.</summary>
    public required string Hash { get; init; }

    /// <summary>The same with its hash.</summary>
    public CheckpointFile Signed() => this with { Hash = Digest() };

    /// <summary>Whether it is what was written.</summary>
    public bool IsWhole() => Hash == Digest();

    private string Digest() =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonText.File(this with { Hash = "" }))));

    /// <summary>SHA-256 of what makes a run this one: its experiment without what changes no number, and the seed.</summary>
    public static string IdentityOf(Experiment experiment) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        FormattableString.Invariant($"{ConfigWriter.Identity(experiment)}seed: {experiment.Seed}\n"))));
}
