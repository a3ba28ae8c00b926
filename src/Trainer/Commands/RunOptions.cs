using Trainer.Failures;
using Trainer.Runs;
using Trainer.Sweeps;

namespace Trainer.Commands;

/// <summary>What <c>trainer run</c> was asked for.</summary>
internal sealed record RunOptions
{
    /// <summary>The configuration files.</summary>
    public required IReadOnlyList<string> Configs { get; init; }

    /// <summary>The seeds of each, where they were given as a list; null for one.</summary>
    public IReadOnlyList<ulong>? Seeds { get; init; }

    /// <summary>Patches to it, <c>key.path=value</c>.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Another seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Another number of epochs.</summary>
    public int? Epochs { get; init; }

    /// <summary>Whose weights to begin with.</summary>
    public string? From { get; init; }

    /// <summary>Another device.</summary>
    public string? Device { get; init; }

    /// <summary>Threads of the processor engine; 0 for one per core.</summary>
    public int Threads { get; init; }

    /// <summary>Folder of the data set.</summary>
    public string? Data { get; init; }

    /// <summary>Folder of all results.</summary>
    public string Out { get; init; } = ProgramOptions.DefaultResults;

    /// <summary>Whether a complete run is made again.</summary>
    public bool Force { get; init; }

    /// <summary>Whether to print JSON lines.</summary>
    public bool Json { get; init; }

    /// <summary>How many first steps to trace.</summary>
    public int Trace { get; init; }

    /// <summary>Whether this is one run, with a display of its own.</summary>
    public bool IsOne => Configs.Count == 1 && Seeds is null;

    /// <summary>The same as cells of a sweep without a file. Asked for by name, they are run again where they failed, as one would be.</summary>
    /// <exception cref="ConfigException">A file cannot be read, or options contradict each other.</exception>
    public SweepOptions SideBySide()
    {
        if (Trace > 0)
        {
            throw new ConfigException("--trace: goes with one configuration and one seed");
        }
        if (Seed is not null && Seeds is not null)
        {
            throw new ConfigException("--seed: goes with one seed, and --seeds gives several; keep one of the two");
        }
        return new SweepOptions
        {
            File = SweepFile.Of(Configs, Seeds),
            Set = Set,
            Adjust = Adjusted,
            HasDevice = Device is not null,
            Data = Data,
            Out = Out,
            Force = Force,
            Retry = true,
            Threads = Threads,
            Json = Json,
        };
    }

    /// <summary><paramref name="experiment"/> with the seed, the weights, the device and the epochs that the command line asks for.</summary>
    /// <exception cref="ConfigException">The number of epochs is out of bounds.</exception>
    public Experiment Adjusted(Experiment experiment)
    {
        experiment = Seed is { } seed ? experiment with { Seed = seed } : experiment;
        experiment = From is { } from ? experiment with { From = new StartingWeights { Weights = from } } : experiment;
        experiment = Device is { } device ? experiment with { Device = device } : experiment;
        try
        {
            return Epochs is { } epochs ? experiment with { Epochs = epochs } : experiment;
        }
        catch (ArgumentException failure)
        {
            throw new ConfigException($"--epochs: {failure.Message}", failure);
        }
    }
}
