using Trainer.Runs;

namespace Trainer.Sweeps;

/// <summary>What <c>trainer sweep</c>, or <c>trainer run</c> with several configurations or seeds, was asked for.</summary>
internal sealed record SweepOptions
{
    /// <summary>The sweep.</summary>
    public required SweepFile File { get; init; }

    /// <summary>Patches to every cell, <c>key.path=value</c>.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>What else the command line asks of every experiment.</summary>
    public Func<Experiment, Experiment> Adjust { get; init; } = experiment => experiment;

    /// <summary>Whether <see cref="Adjust"/> names the device.</summary>
    public bool HasDevice { get; init; }

    /// <summary>Folder of the data set.</summary>
    public string? Data { get; init; }

    /// <summary>Folder of all results.</summary>
    public required string Out { get; init; }

    /// <summary>Whether cells are listed and not run.</summary>
    public bool DryRun { get; init; }

    /// <summary>Whether complete cells are run again.</summary>
    public bool Force { get; init; }

    /// <summary>Whether cells that failed or diverged are run again.</summary>
    public bool Retry { get; init; }

    /// <summary>Cores to use; 0 for all.</summary>
    public int Threads { get; init; }

    /// <summary>Cells side by side at most; 0 for one a core.</summary>
    public int Jobs { get; init; }

    /// <summary>Whether to print JSON lines.</summary>
    public bool Json { get; init; }
}
