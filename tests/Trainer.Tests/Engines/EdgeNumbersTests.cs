using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Engines.Reference;

namespace Trainer.Tests.Engines;

/// <summary>
/// Promise 2 at the edges of binary32: signed zeros, subnormals, infinities and NaNs in images, parameters, gradients and
/// state give what the plain loops give, for all vector widths, threads, shapes and batches that a fixed seed draws.
/// </summary>
public class EdgeNumbersTests
{
    private const int TrialsPerStart = 20;

    // Products in one pass over the rows: the plain loops make about 10⁹ a second.
    private const long MostProducts = 16_000_000;

    private static readonly VectorWidth[] Widths = Enum.GetValues<VectorWidth>();

    public static TheoryData<string> Starts() => [.. EdgeStart.All.Select(start => start.Name)];

    [Theory]
    [MemberData(nameof(Starts))]
    public void Cpu_EqualsReference_From(string name)
    {
        int number = EdgeStart.All.ToList().FindIndex(start => start.Name == name);
        EdgeStart start = EdgeStart.All[number];
        var draw = new EdgeDraw((ulong)number, MostProducts);
        bool shown = false;
        for (int trial = 0; trial < TrialsPerStart; trial++)
        {
            TrainingSetup setup = draw.Setup(start, trial);
            var edge = new EdgeTrial(setup, start, (ulong)trial);
            using IEngine reference = ReferenceEngine.Create(setup);
            TrialRecord expected = edge.Run(reference);
            shown |= start.Shows(expected);
            foreach (VectorWidth width in Widths)
            {
                int threads = draw.Threads.Deal();
                using IEngine cpu = CpuEngine.CreateWithAllThreads(setup, threads, width);
                string? difference = expected.FirstDifference(edge.Run(cpu));
                Assert.True(difference is null,
                    $"{difference} ({setup.Network} {setup.Optimizer}, {setup.Data.Train.Count} rows in batches of {setup.BatchSize}, {width}, {threads} threads)");
            }
        }
        Assert.True(shown, "no trial came to the edge");
    }
}
