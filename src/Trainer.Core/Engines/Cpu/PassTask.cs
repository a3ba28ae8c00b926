using Trainer.Data;

namespace Trainer.Engines.Cpu;

/// <summary>Rows that pass through the network together, and what comes of them.</summary>
/// <param name="Data">The split that they are from.</param>
/// <param name="Rows">Their numbers in it.</param>
/// <param name="BatchRows">Rows of the whole batch, over which the loss is a mean.</param>
/// <param name="Results">Receives losses and predictions.</param>
/// <param name="Position">Where those of the first row go.</param>
internal readonly record struct PassTask(Split Data, ReadOnlyMemory<int> Rows, int BatchRows, RowResults Results, int Position)
{
    /// <summary>Their inputs by position, where they are not the images as they are.</summary>
    public PreparedInputs? Inputs { get; init; }

    /// <summary>Which units are left out.</summary>
    public DropoutRows? Dropout { get; init; }

    /// <summary>Whether the gradient goes on from that of earlier rows of the batch.</summary>
    public bool Continues { get; init; }

    /// <summary>Whether the running statistics move.</summary>
    public bool MovesStatistics { get; init; }
}
