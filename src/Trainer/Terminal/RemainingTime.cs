namespace Trainer.Terminal;

/// <summary>Guesses when a run will end, from the epochs it has made.</summary>
/// <param name="epochs">All epochs.</param>
internal sealed class RemainingTime(int epochs)
{
    private TimeSpan _spent;
    private int _done;

    /// <summary>Learns from an epoch and says how long the rest will take; null before the first trained epoch and after the last.</summary>
    public TimeSpan? After(int epoch, TimeSpan took)
    {
        if (epoch == 0 || epoch == epochs)
        {
            return null;
        }
        _spent += took;
        _done++;
        return _spent / _done * (epochs - epoch);
    }
}
