using Trainer.Data;

namespace Trainer.Commands;

/// <summary>What <c>trainer show</c> was asked for.</summary>
internal sealed record ShowOptions
{
    /// <summary>Rows of images; null for the usual number.</summary>
    public int? Rows { get; init; }

    /// <summary>Images in a row; null for the usual number.</summary>
    public int? Columns { get; init; }

    /// <summary>Whether test images are meant; null where nobody said.</summary>
    public bool? Test { get; init; }

    /// <summary>Only this class: its name or number.</summary>
    public string? Class { get; init; }

    /// <summary>Which images.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Which data set; null where nobody said.</summary>
    public DataSource? Source { get; init; }

    /// <summary>The configuration whose distortions are shown.</summary>
    public string? Augment { get; init; }

    /// <summary>Patches to it.</summary>
    public IReadOnlyList<string> Set { get; init; } = [];

    /// <summary>Folder of the data set.</summary>
    public string? Data { get; init; }
}
