namespace Trainer.Engines.Joint;

/// <summary>The next joint call: what most of the calls that wait have in common.</summary>
/// <param name="Networks">Whom it serves.</param>
/// <param name="First">The first step (or row).</param>
/// <param name="End">The one behind the last.</param>
internal sealed record JointPiece(IReadOnlyList<int> Networks, int First, int End)
{
    /// <summary>Chooses it.</summary>
    /// <param name="calls">What each network waits for; null for one that takes no part any more. One waits at least.</param>
    /// <remarks>
    /// Evaluations come before steps, and the training split before the others: an evaluation changes no network, so that it may
    /// serve some while the rest wait, and by then these have what they wait for in common again. Of calls of one kind the one that
    /// is furthest behind comes first, and up to the next one's beginning at most.
    /// </remarks>
    public static JointPiece Next(IReadOnlyList<JointCall?> calls)
    {
        JointCall behind = calls.OfType<JointCall>().OrderBy(call => call.Plan is not null).ThenBy(call => call.Split).ThenBy(call => call.Next).First();
        int[] alike = [.. Enumerable.Range(0, calls.Count).Where(network => calls[network] is { } call && call.GoesWith(behind))];
        int end = alike.Min(network => calls[network]!.Next > behind.Next ? calls[network]!.Next : calls[network]!.End);
        return new JointPiece([.. alike.Where(network => calls[network]!.Next == behind.Next)], behind.Next, end);
    }
}
