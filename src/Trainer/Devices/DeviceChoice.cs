using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Engines.Reference;
using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Devices;

/// <summary>Which engine a run uses, and why. The choice changes the speed and no number.</summary>
/// <param name="Name">The engine.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record DeviceChoice(string Name, string Reason)
{
    private const string Auto = "auto";
    private const string Cpu = "cpu";
    private const string Reference = "reference";

    /// <summary>The names that a configuration and <c>--device</c> may use.</summary>
    public static IReadOnlyList<string> Names { get; } = [Auto, Cpu, Reference];

    // Known to the field, not to this version: they get an answer of their own instead of a spelling correction.
    private static readonly string[] Planned = ["cuda", "opencl"];

    /// <summary>The engine that <paramref name="device"/> means here.</summary>
    /// <param name="device">A name, as a configuration or the command line has it.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="ConfigException">The name is not known.</exception>
    /// <exception cref="DeviceException">The device cannot be used.</exception>
    public static DeviceChoice For(string device, string place) => device switch
    {
        Auto => new DeviceChoice(Cpu, "auto: this version has no GPU engine yet"),
        Cpu => new DeviceChoice(Cpu, "asked for"),
        Reference => new DeviceChoice(Reference, "asked for"),
        _ when Planned.Contains(device.Split(':')[0]) => throw new DeviceException(
            $"{place}: this version has no '{device}' engine yet; use --device cpu, which gives the same numbers"),
        _ => throw new ConfigException($"{place}: '{device}' is not known{Suggestion.Ending(device, Names)}"),
    };

    /// <summary>Makes the engine.</summary>
    /// <param name="setup">What to train.</param>
    /// <param name="threads">Threads of the processor engine; 0 for one per core.</param>
    public IEngine Create(TrainingSetup setup, int threads) =>
        Name == Reference ? ReferenceEngine.Create(setup) : CpuEngine.Create(setup, threads);
}
