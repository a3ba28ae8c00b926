namespace Trainer.Tests.Storage;

/// <summary>What happens at an operation of a <see cref="FaultyDisk"/>.</summary>
public enum FaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It fails for want of space; the same goes well afterwards.</summary>
    FullOnce,

    /// <summary>It fails; the same goes well afterwards.</summary>
    BrokenOnce,

    /// <summary>Half of a write is done before it fails for want of space; the same goes well afterwards.</summary>
    HalfOnce,

    /// <summary>Nothing new finds space from there on, a write is half done; removing and renaming goes well.</summary>
    Full,

    /// <summary>Everything fails from there on.</summary>
    Broken,

    /// <summary>The process ends before it.</summary>
    KilledBefore,

    /// <summary>The process ends when half of a write is done.</summary>
    KilledHalfway,

    /// <summary>The process ends after it.</summary>
    KilledAfter,

    /// <summary>The power is cut after it: there is what was flushed, and nothing else.</summary>
    CutToFlushed,

    /// <summary>The power is cut after it: names are all on the disk, of bytes that were not flushed half.</summary>
    CutToNames,

    /// <summary>The power is cut after it: bytes are all on the disk, of names those that were flushed.</summary>
    CutToBytes,
}
