namespace Trainer.Runs;

/// <summary>
/// How many steps an engine gets at a time: enough that handing them over costs nothing, few enough that progress moves
/// and an interrupt is heard. It follows the clock, so it must not, and does not, change a bit.
/// </summary>
internal sealed class SliceLength
{
    private const int First = 4;
    private const int Longest = 1 << 16;
    private static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(100);

    /// <summary>Steps of the next slice.</summary>
    public int Steps { get; private set; } = First;

    /// <summary>Learns from a slice that took <paramref name="elapsed"/>.</summary>
    public void Adapt(int steps, TimeSpan elapsed)
    {
        if (elapsed > Aim * 2)
        {
            Steps = Math.Max(1, Steps / 2);
        }
        else if (elapsed < Aim / 2 && steps == Steps)
        {
            Steps = Math.Min(Longest, Steps * 2);
        }
    }
}
