using System.Globalization;
using Trainer.Failures;

namespace Trainer.Clusters;

/// <summary>SLURM's times: minutes, minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes, days-hours:minutes:seconds.</summary>
internal static class ClusterTime
{
    // SLURM looks at limits, and sends signals, twice a minute (22.05).
    private const int Coarseness = 60;

    /// <summary>A time in seconds; null where there is no limit.</summary>
    /// <param name="text">One that <see cref="ClusterSettings.Time"/> takes.</param>
    public static long? Seconds(string text)
    {
        if (!char.IsAsciiDigit(text[0]))
        {
            return null;
        }
        string[] days = text.Split('-');
        long[] numbers = [.. days[^1].Split(':').Select(number => long.Parse(number, NumberStyles.None, CultureInfo.InvariantCulture))];
        long seconds = (days.Length, numbers) switch
        {
            (2, [var hours]) => hours * 3600,
            (2, [var hours, var minutes]) => (hours * 3600) + (minutes * 60),
            (_, [var hours, var minutes, var rest]) => (hours * 3600) + (minutes * 60) + rest,
            (_, [var minutes, var rest]) => (minutes * 60) + rest,
            (_, var minutes) => minutes[0] * 60,
        };
        seconds += days.Length == 2 ? long.Parse(days[0], NumberStyles.None, CultureInfo.InvariantCulture) * 86_400 : 0;
        return seconds == 0 ? null : seconds;
    }

    /// <summary>Refuses a limit that a task would be warned of as soon as it has started: it would be requeued for ever and do nothing.</summary>
    /// <exception cref="ConfigException">It is too short.</exception>
    public static void ThrowIfTooShort(ClusterSettings settings)
    {
        if (settings.Time is { } time && Seconds(time) is { } seconds && seconds <= settings.SignalSeconds + Coarseness)
        {
            throw new ConfigException(
                $"--time {time}: a task is told {settings.SignalSeconds} s before its end to stop (--signal-seconds), which leaves it nothing to work in; allow more than {settings.SignalSeconds + Coarseness} s, or fewer seconds to stop in");
        }
    }
}
