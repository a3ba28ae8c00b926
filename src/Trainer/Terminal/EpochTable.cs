using System.Globalization;
using Trainer.Runs;

namespace Trainer.Terminal;

/// <summary>The lines that a run prints: one an epoch, in columns that stay where they are.</summary>
/// <param name="hasValidation">Whether there is a validation split to show.</param>
/// <param name="width">Columns of the terminal; where they do not suffice, the times are left out.</param>
internal sealed class EpochTable(bool hasValidation, int width = int.MaxValue)
{
    private const string Missing = "-";
    private const int WidthWithTimes = 65;
    private const int WidthOfValidation = 18;
    private readonly bool _hasTimes = width > WidthWithTimes + (hasValidation ? WidthOfValidation : 0);

    /// <summary>The line above the epochs.</summary>
    public string Header => $"{"epoch",6}  {"train loss",10} {"acc",7}"
        + (hasValidation ? $"  {"val loss",8} {"acc",7}" : "")
        + $"  {"test loss",9} {"acc",7}"
        + (_hasTimes ? $"  {"time",7}  {"left",7}" : "");

    /// <summary>The line of one epoch.</summary>
    public string Line(EpochRecord record, EpochTiming timing, TimeSpan? left) =>
        $"{record.Epoch,6}  {Loss(record.Train?.Loss),10} {Accuracy(record.Train?.Accuracy),7}"
        + (hasValidation ? $"  {Loss(record.Validation?.Loss),8} {Accuracy(record.Validation?.Accuracy),7}" : "")
        + $"  {Loss(record.Test.Loss),9} {Accuracy(record.Test.Accuracy),7}"
        + (_hasTimes ? $"  {Duration(timing.Training + timing.Evaluation),7}  {(left is { } rest ? Duration(rest) : ""),7}" : "");

    /// <summary>A loss, four decimals; "-" where nothing was measured.</summary>
    public static string Loss(double? loss) => loss?.ToString("F4", CultureInfo.InvariantCulture) ?? Missing;

    /// <summary>An accuracy, in percent with two decimals; "-" where nothing was measured.</summary>
    public static string Accuracy(double? accuracy) =>
        accuracy is { } value ? (100 * value).ToString("F2", CultureInfo.InvariantCulture) + " %" : Missing;

    /// <summary>A time as people say it: 0.31 s, 12 s, 3:05, 1:02:03.</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => time.TotalSeconds.ToString("F2", CultureInfo.InvariantCulture) + " s",
        { TotalSeconds: < 60 } => time.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture) + " s",
        { TotalHours: < 1 } => time.ToString(@"m\:ss", CultureInfo.InvariantCulture),
        _ => $"{(long)time.TotalHours}:{time:mm\\:ss}",
    };
}
