namespace Trainer.Commands;

/// <summary>What <c>trainer run</c> was asked for.</summary>
internal sealed record RunOptions
{
    /// <summary>The configuration file.</summary>
    public required string Config { get; init; }

    /// <summary>Patches to it, <c>key.path=value</c>.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Another seed.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Another number of epochs.</summary>
    public int? Epochs { get; init; }

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
}
