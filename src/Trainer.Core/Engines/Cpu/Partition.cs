namespace Trainer.Engines.Cpu;

/// <summary>Which part of some rows is a thread's: whole tiles, as even as they come.</summary>
internal static class Partition
{
    private const int Tile = 4;

    /// <summary>The first row of thread <paramref name="thread"/> of <paramref name="threads"/>, and the one behind its last.</summary>
    public static (int From, int To) Of(int rows, int thread, int threads)
    {
        long tiles = (rows + Tile - 1) / Tile;
        return (Bound(thread), Bound(thread + 1));

        int Bound(int number) => (int)Math.Min(rows, tiles * number / threads * Tile);
    }
}
