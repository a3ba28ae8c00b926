namespace Trainer.Tests.Storage;

/// <summary>Every fault at every operation of something small, for tests that go through all of them.</summary>
internal static class Faults
{
    /// <summary>Does <paramref name="action"/> on a sound disk and gives all faults that its operations can have.</summary>
    /// <param name="prepare">Fills a folder.</param>
    /// <param name="action">What is done in that folder.</param>
    public static IReadOnlyList<Fault> Of(Action<string> prepare, Action<string> action)
    {
        using var folder = new TempFolder();
        prepare(folder.Root);
        FaultyDisk disk = Strike(Fault.None, folder.Root, action);
        return [.. disk.Log.SelectMany((done, index) => Fault.All(index + 1, done.Operation))];
    }

    /// <summary>Does <paramref name="action"/> with a fault; the end of the process is caught.</summary>
    public static FaultyDisk Strike(Fault fault, string root, Action<string> action)
    {
        var disk = new FaultyDisk(fault, root);
        using (Trainer.Storage.Disk.Use(disk))
        {
            try
            {
                action(root);
            }
            catch (ProcessEndedException)
            {
                // Nobody is left to do anything.
            }
        }
        return disk;
    }
}
