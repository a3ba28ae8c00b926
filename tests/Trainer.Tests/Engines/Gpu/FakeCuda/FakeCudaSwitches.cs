using System.Globalization;
using Trainer.Tests.Commands;
using Trainer.Tests.Processes;

namespace Trainer.Tests.Engines.Gpu.FakeCuda;

/// <summary>What the stand-in for the CUDA driver is told by its environment; README.md beside it says more of each.</summary>
internal sealed record FakeCudaSwitches
{
    /// <summary>Number of devices; 1 unless said.</summary>
    public int? Devices { get; init; }

    /// <summary>Their compute capability; "8.0" unless said.</summary>
    public string? Compute { get; init; }

    /// <summary>The CUDA version of the driver: 11040 is 11.4.</summary>
    public int? Driver { get; init; }

    /// <summary>Memory of a device in bytes.</summary>
    public long? Memory { get; init; }

    /// <summary>Name of the devices.</summary>
    public string? Name { get; init; }

    /// <summary>Calls that fail: "cuMemAlloc_v2=2@3;cuInit=100".</summary>
    public string? Fail { get; init; }

    /// <summary>Whether races are looked for.</summary>
    public bool Races { get; init; }

    /// <summary>Whether what goes into a stream waits until somebody waits for it.</summary>
    public bool Late { get; init; }

    /// <summary>File of the log.</summary>
    public string? Log { get; init; }

    /// <summary>The switches that are said, without their prefix.</summary>
    public IReadOnlyDictionary<string, string> Values => new Dictionary<string, string?>
    {
        ["DEVICES"] = Devices?.ToString(CultureInfo.InvariantCulture),
        ["COMPUTE"] = Compute,
        ["DRIVER"] = Driver?.ToString(CultureInfo.InvariantCulture),
        ["MEMORY"] = Memory?.ToString(CultureInfo.InvariantCulture),
        ["NAME"] = Name,
        ["FAIL"] = Fail,
        ["RACES"] = Races ? "1" : null,
        ["LATE"] = Late ? "1" : null,
        ["LOG"] = Log,
    }.Where(value => value.Value is not null).ToDictionary(value => value.Key, value => value.Value!);

    /// <summary>Runs an assembly beside the tests as a process that finds the stand-in in the driver's place.</summary>
    /// <param name="assembly"><see cref="ChildProcess.Trainer"/> or <see cref="ChildProcess.Tests"/>.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="folder">The library's folder; null for <see cref="FakeCudaLibrary.Folder"/>.</param>
    public Task<ProgramOutcome> RunAsync(string assembly, IReadOnlyList<string> arguments, string input = "", string? folder = null)
    {
        var variables = Values.ToDictionary(value => $"FAKE_CUDA_{value.Key}", value => value.Value);
        variables["LD_LIBRARY_PATH"] = folder ?? FakeCudaLibrary.Folder;
        return ChildProcess.RunAsync(assembly, variables, arguments, input);
    }
}
