using System.Diagnostics;
using System.Globalization;

namespace Trainer.Benchmarks.Machine;

/// <summary>The most memory that a process has held at once.</summary>
internal static class PeakMemory
{
    private const double KibibytesPerMegabyte = 1e6 / 1024;

    /// <summary>In MB (10⁶ bytes), as Linux keeps it (VmHWM); null elsewhere, and once the process has ended.</summary>
    public static double? OfLiving(Process process)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{process.Id}/status").FirstOrDefault(
                line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / KibibytesPerMegabyte;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
