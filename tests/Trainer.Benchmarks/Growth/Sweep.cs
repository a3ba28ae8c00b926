using Trainer.Benchmarks.Cases;

namespace Trainer.Benchmarks.Growth;

/// <summary>One quantity, varied while all else stays.</summary>
internal sealed record Sweep
{
    private const int Rows = 16_384;

    /// <summary>Its name in the files.</summary>
    public required string Name { get; init; }

    /// <summary>The quantity, as an axis says it.</summary>
    public required string Quantity { get; init; }

    /// <summary>Whether it is a small number that grows one by one, and not by factors.</summary>
    public bool IsCount { get; init; }

    /// <summary>What stays, in a few words.</summary>
    public required string Fixed { get; init; }

    /// <summary>What is trained at each place.</summary>
    public required IReadOnlyList<SweepPoint> Points { get; init; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Sweep> All()
    {
        int cores = Environment.ProcessorCount;
        return
        [
            new()
            {
                Name = "width",
                Quantity = "units of the one hidden layer",
                Fixed = "one hidden layer, batch 64",
                Points = [.. new[] { 32, 64, 128, 256, 512, 1024, 2048 }.Select(width => Point(width, new() { Hidden = [width] }))],
            },
            new()
            {
                Name = "depth",
                Quantity = "hidden layers of 128 units",
                Fixed = "batch 64",
                Points = [.. new[] { 1, 2, 4, 8, 16 }.Select(depth => Point(depth, new() { Hidden = [.. Enumerable.Repeat(128, depth)] }))],
            },
            new()
            {
                Name = "batch",
                Quantity = "rows in a step",
                Fixed = "784-128-64-10",
                Points = [.. new[] { 1, 4, 16, 64, 256, 1024 }.Select(batch => Point(batch, new() { BatchSize = batch }))],
            },
            new()
            {
                Name = "threads",
                Quantity = "threads",
                IsCount = true,
                Fixed = "784-128-64-10, batch 64",
                Points = [.. PowersOfTwo(cores).Select(threads => Point(threads, new()) with { Threads = threads })],
            },
            new()
            {
                Name = "rows",
                Quantity = "rows of the training set",
                Fixed = "784-128-64-10, batch 64",
                Points = [.. new[] { 1000, 4000, 15_000, 60_000 }.Select(rows => Point(rows, new()) with { Rows = rows })],
            },
        ];

        SweepPoint Point(double x, TrainingCase training) => new(x, training, cores, Rows);
    }

    /// <summary>1, 2, 4, … and the number itself.</summary>
    private static IEnumerable<int> PowersOfTwo(int most)
    {
        for (int power = 1; power < most; power *= 2)
        {
            yield return power;
        }
        yield return most;
    }
}
