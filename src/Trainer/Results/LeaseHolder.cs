using System.Text.Json.Serialization;

namespace Trainer.Results;

/// <summary>A start of a task on a cluster: who may write into a run's folder.</summary>
/// <param name="Submitted">When its submission was made, UTC.</param>
/// <param name="Restart">How often the scheduler has started the task before.</param>
/// <param name="Task">What the scheduler calls it: "4711_3".</param>
/// <param name="Host">The machine.</param>
/// <param name="Process">The process there.</param>
/// <param name="Since">When it took the lease, UTC.</param>
/// <param name="Token">A random number, which no other holder has.</param>
internal sealed record LeaseHolder(DateTimeOffset Submitted, int Restart, string Task, string Host, int Process, DateTimeOffset Since, Guid Token)
{
    /// <summary>Whether this start is of a later submission than <paramref name="other"/>, or of the same and a later restart.</summary>
    public bool IsNewerThan(LeaseHolder other) => (Submitted, Restart).CompareTo((other.Submitted, other.Restart)) > 0;

    /// <summary>"task 4711_3 (restart 1) on n2, process 331".</summary>
    [JsonIgnore]
    public string Described => FormattableString.Invariant($"task {Task}{(Restart > 0 ? $" (restart {Restart})" : "")} on {Host}, process {Process}");
}
