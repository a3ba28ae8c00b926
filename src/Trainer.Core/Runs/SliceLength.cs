namespace Trainer.Runs;

/// <summary>
/// How many steps, or rows to evaluate, an engine gets at a time: enough that handing them over costs nothing, few enough that progress moves
/// and an interrupt is heard. It follows the clock, so it must not, and does not, change a bit.
/// </summary>
/// <param name="first">Length of the first slice, before anything is known.</param>
/// <param name="longest">Length that is never exceeded.</param>
internal sealed class SliceLength(int first, int longest)
{
    private static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(100);

    /// <summary>Length of the next slice.</summary>
    public int Length { get; private set; } = first;

    /// <summary>Learns from a slice of <paramref name="done"/> that took <paramref name="elapsed"/>.</summary>
    public void Adapt(int done, TimeSpan elapsed)
    {
        if (elapsed > Aim * 2)
        {
            Length = Math.Max(1, Length / 2);
        }
        else if (elapsed < Aim / 2 && done == Length)
        {
            Length = Math.Min(longest, Length * 2);
        }
    }
}
