namespace Trainer.Tests.TensorBoard;

/// <summary>An event as the tests' own reader found it.</summary>
/// <param name="WallTime">Seconds since 1970.</param>
/// <param name="Step">The step; 0 where there is none, as protocol buffers have it.</param>
/// <param name="FileVersion">Only in the first.</param>
/// <param name="Values">The scalars, in order.</param>
internal sealed record ReadEvent(double WallTime, long Step, string? FileVersion, IReadOnlyList<(string Tag, float Value)> Values)
{
    /// <summary>The only value of <paramref name="tag"/>; null where there is none.</summary>
    public float? this[string tag] => Values.Where(value => value.Tag == tag).Select(value => (float?)value.Value).SingleOrDefault();
}
