namespace Trainer.Tests.Storage;

/// <summary>A fault of a <see cref="FaultyDisk"/>.</summary>
/// <param name="Kind">What happens.</param>
/// <param name="At">At which operation, from 1.</param>
public sealed record Fault(FaultKind Kind, int At)
{
    /// <summary>A disk without fault.</summary>
    public static readonly Fault None = new(FaultKind.None, 0);

    /// <summary>Whether it goes away when the same is tried again.</summary>
    public bool Passes => Kind is FaultKind.FullOnce or FaultKind.BrokenOnce or FaultKind.HalfOnce;

    /// <summary>Whether it ends the process.</summary>
    public bool Kills => Kind >= FaultKind.KilledBefore;

    /// <summary>Whether it cuts the power.</summary>
    public bool Cuts => Kind >= FaultKind.CutToFlushed;

    /// <summary>All that may happen at operation <paramref name="number"/>: half a write is for writes alone, and names and bytes are
    /// lost at most once each.</summary>
    public static IEnumerable<Fault> All(int number, DiskOperation operation) => Enum.GetValues<FaultKind>()
        .Where(kind => kind != FaultKind.None
            && (kind is not (FaultKind.HalfOnce or FaultKind.KilledHalfway) || operation == DiskOperation.Write)
            && (kind != FaultKind.Full || TakesSpace(operation)))
        .Select(kind => new Fault(kind, number));

    /// <summary>Whether operation <paramref name="number"/> is struck.</summary>
    public bool Strikes(int number, DiskOperation operation) => Kind switch
    {
        FaultKind.None => false,
        FaultKind.Full => number >= At && TakesSpace(operation),
        FaultKind.Broken => number >= At,
        _ => number == At,
    };

    private static bool TakesSpace(DiskOperation operation) =>
        operation is DiskOperation.CreateFolder or DiskOperation.Create or DiskOperation.Write;
}
