using Trainer.Benchmarks.Cases;

namespace Trainer.Benchmarks.Racing;

/// <summary>What a comparison was asked for.</summary>
internal sealed record ComparisonOptions
{
    /// <summary>Which cases.</summary>
    public required IReadOnlyList<BenchmarkCase> Cases { get; init; }

    /// <summary>How many rounds.</summary>
    public required int Rounds { get; init; }

    /// <summary>Epochs in one value of training.</summary>
    public required int Epochs { get; init; }

    /// <summary>Folder of the files.</summary>
    public required string Out { get; init; }

    /// <summary>Folder of Fashion-MNIST, when it was named.</summary>
    public string? Data { get; init; }

    /// <summary>The peers' Python, when it was named.</summary>
    public string? Python { get; init; }
}
