namespace Trainer.Benchmarks.Cases;

/// <summary>One line of the comparison: what is done, by whom, and what is hoped for.</summary>
internal sealed record BenchmarkCase
{
    /// <summary>The name on the command line and in the files.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What is timed.</summary>
    public CaseKind Kind { get; init; } = CaseKind.Training;

    /// <summary>Which pixels.</summary>
    public ImageKind Images { get; init; } = ImageKind.Real;

    /// <summary>Whether it is done by a GPU: the processor's peak says nothing about it.</summary>
    public bool OnGpu { get; init; }

    /// <summary>What is trained.</summary>
    public TrainingCase Training { get; init; } = new();

    /// <summary>Whom we are compared with.</summary>
    public IReadOnlyList<string> Peers { get; init; } = [Peer.Pytorch, Peer.Numpy, Peer.Sklearn];

    /// <summary>What each contestant's line should reach.</summary>
    public IReadOnlyDictionary<string, Target> Targets { get; init; } = new Dictionary<string, Target>();

    /// <summary>The unit of the values.</summary>
    public string Unit => Kind == CaseKind.Memory ? "MB" : "s";

    /// <summary>Whether contestants keep the data in memory and are asked line by line; else each value is a program's whole life.</summary>
    public bool IsInMemory => Kind is CaseKind.Training or CaseKind.Evaluation;

    /// <summary>The arithmetic of one value, in floating-point operations; null where it says nothing.</summary>
    /// <param name="pixels">Inputs of the network.</param>
    /// <param name="classes">Its outputs.</param>
    /// <param name="trainRows">Rows of the training set.</param>
    /// <param name="testRows">Rows of the test set.</param>
    /// <param name="epochs">Epochs in one value.</param>
    public double? Operations(int pixels, int classes, long trainRows, long testRows, int epochs)
    {
        int[] sizes = [pixels, .. Training.Hidden, classes];
        return Kind switch
        {
            CaseKind.Training => epochs * Work.Training(sizes, trainRows),
            CaseKind.Evaluation => Work.Evaluation(sizes, trainRows + testRows),
            _ => null,
        };
    }
}
