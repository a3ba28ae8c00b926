using System.Globalization;
using Trainer.Engines.Gpu;
using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Devices;

/// <summary>What a configuration or <c>--device</c> asks for: <c>auto</c>, an engine, or an engine's device by its number.</summary>
/// <param name="Family">One of <see cref="All"/>.</param>
/// <param name="Number">The number behind the colon, as in <c>cuda:1</c>; null without one.</param>
internal sealed record DeviceName(string Family, int? Number)
{
    /// <summary>Takes what is there.</summary>
    public const string Auto = "auto";

    /// <summary>The processor engine.</summary>
    public const string Cpu = "cpu";

    /// <summary>The engine of naive loops.</summary>
    public const string Reference = "reference";

    /// <summary>The names that a configuration and <c>--device</c> may use, without numbers.</summary>
    public static IReadOnlyList<string> All { get; } = [Auto, Cpu, Of(GpuApi.Cuda), Of(GpuApi.OpenCl), Reference];

    /// <summary>What leads to the device; null where it is no GPU engine's.</summary>
    public GpuApi? Api => Family == Of(GpuApi.Cuda) ? GpuApi.Cuda : Family == Of(GpuApi.OpenCl) ? GpuApi.OpenCl : null;

    /// <summary>The name of the engine on <paramref name="api"/>.</summary>
    public static string Of(GpuApi api) => api == GpuApi.Cuda ? "cuda" : "opencl";

    /// <summary>The name of a device of <paramref name="api"/>: <c>cuda:1</c>.</summary>
    public static string Of(GpuApi api, int number) => string.Create(CultureInfo.InvariantCulture, $"{Of(api)}:{number}");

    /// <summary>Reads a name.</summary>
    /// <param name="text">As a configuration or the command line has it.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="ConfigException">It is not known.</exception>
    public static DeviceName Parse(string text, string place)
    {
        int colon = text.IndexOf(':');
        var name = new DeviceName(colon < 0 ? text : text[..colon], null);
        if (!All.Contains(name.Family))
        {
            // Nearer to 'cpu' by its letters, but nobody means that.
            string meant = name.Family.Equals("gpu", StringComparison.OrdinalIgnoreCase) ? Of(GpuApi.Cuda) : name.Family;
            throw new ConfigException($"{place}: '{Excerpt.Of(text)}' is not known{Suggestion.Ending(meant, All)}");
        }
        if (colon < 0)
        {
            return name;
        }
        if (name.Api is null)
        {
            throw new ConfigException($"{place}: '{Excerpt.Of(text)}' is not known; {name.Family} takes no number, write {name.Family}");
        }
        string digits = text[(colon + 1)..];
        // One spelling a device: no sign, no blanks, no leading zeros.
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number.ToString(CultureInfo.InvariantCulture) == digits
                ? name with { Number = number }
                : throw new ConfigException(
                    $"{place}: '{Excerpt.Of(text)}' is not known; write {name.Family}, or {name.Family}:0 with the number that 'trainer info' shows");
    }

    /// <inheritdoc/>
    public override string ToString() => Number is { } number ? string.Create(CultureInfo.InvariantCulture, $"{Family}:{number}") : Family;
}
