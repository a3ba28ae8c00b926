using Trainer.Benchmarks.Cases;
using Trainer.Devices;

namespace Trainer.Benchmarks.Gpu;

/// <summary>What the GPU benchmark was asked for.</summary>
internal sealed record GpuComparisonOptions
{
    /// <summary>The device.</summary>
    public required GpuDevice Device { get; init; }

    /// <summary>Which cases.</summary>
    public required IReadOnlyList<BenchmarkCase> Cases { get; init; }

    /// <summary>How many rounds.</summary>
    public required int Rounds { get; init; }

    /// <summary>Epochs in one value.</summary>
    public required int Epochs { get; init; }

    /// <summary>Training rows of an epoch; null for all.</summary>
    public int? Rows { get; init; }

    /// <summary>Folder of the files.</summary>
    public required string Out { get; init; }

    /// <summary>PyTorch's name of the device.</summary>
    public required string TorchDevice { get; init; }

    /// <summary>Folder of Fashion-MNIST, when it was named.</summary>
    public string? Data { get; init; }

    /// <summary>The peers' Python, when it was named.</summary>
    public string? Python { get; init; }
}
