namespace Trainer.Storage;

/// <summary>
/// Where files are written to. Ambient, and no parameter: some forty places write files, each through a few others, and that a
/// disk fails at a chosen operation is a concern of tests and not of their signatures.
/// </summary>
internal static class Disk
{
    private static readonly LocalDisk Local = new();
    private static readonly AsyncLocal<IDisk?> Replaced = new();

    /// <summary>The disk of whoever asks: this machine's, unless a caller further up replaced it.</summary>
    public static IDisk Current => Replaced.Value ?? Local;

    /// <summary>Replaces it, for this flow of calls and what it starts, until the result is disposed of.</summary>
    public static IDisposable Use(IDisk disk)
    {
        var use = new Replacement(Replaced.Value);
        Replaced.Value = disk;
        return use;
    }

    private sealed class Replacement(IDisk? before) : IDisposable
    {
        public void Dispose() => Replaced.Value = before;
    }
}
