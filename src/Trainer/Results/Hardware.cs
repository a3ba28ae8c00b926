using System.Runtime.InteropServices;
using Trainer.Engines.Cpu;

namespace Trainer.Results;

/// <summary>The machine that computed a run.</summary>
/// <param name="Processor">The processor's name for itself, where the system tells.</param>
/// <param name="Cores">Logical cores this process may use.</param>
/// <param name="VectorBits">Width of the vectors that the processor engine uses.</param>
/// <param name="MemoryGib">Memory this process may use, in GiB.</param>
internal sealed record Hardware(string Processor, int Cores, int VectorBits, double MemoryGib)
{
    private const string LinuxProcessors = "/proc/cpuinfo";
    private const double BytesPerGib = 1L << 30;

    /// <summary>This machine.</summary>
    public static Hardware Current() => new(
        ProcessorName(),
        Environment.ProcessorCount,
        (int)VectorWidths.Best,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / BytesPerGib, 1));

    private static string ProcessorName()
    {
        string? name = null;
        if (File.Exists(LinuxProcessors))
        {
            name = File.ReadLines(LinuxProcessors).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?
                .Split(':', 2)[1].Trim();
        }
        return name ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
