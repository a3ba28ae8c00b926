using System.Globalization;

namespace Trainer.Doctor;

/// <summary>How findings write numbers.</summary>
internal static class Figures
{
    /// <summary>A loss or a ratio: four significant digits.</summary>
    public static string Number(double value) =>
        value.ToString(Math.Abs(value) is >= 1e-3 and < 1e4 or 0 ? "G4" : "0.0e0", CultureInfo.InvariantCulture);

    /// <summary>A value for a configuration: two significant digits, as YAML reads numbers.</summary>
    public static string Setting(double value) => Yaml.FlowText.Number(double.Parse(value.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    /// <summary>A share: whole percents.</summary>
    public static string Percent(double value) => (100 * value).ToString("0", CultureInfo.InvariantCulture) + "%";

    /// <summary>"1 epoch", "3 epochs".</summary>
    public static string Epochs(int count) => count == 1 ? "1 epoch" : $"{count} epochs";
}
