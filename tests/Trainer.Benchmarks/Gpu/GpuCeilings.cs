using System.Diagnostics;
using System.Reflection;
using System.Text;
using Trainer.Devices;
using Trainer.Engines.Gpu;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Gpu.Kernels;

namespace Trainer.Benchmarks.Gpu;

/// <summary>What a device does at most, measured with <c>ceilings.c</c>.</summary>
/// <param name="Operations">Floating-point operations a second in independent fused multiply-adds of registers, two each.</param>
/// <param name="Bytes">Bytes a second that a copy of large arrays reads and writes.</param>
/// <param name="Link">Seconds of one fused multiply-add that waits for the one before.</param>
internal sealed record GpuCeilings(double Operations, double Bytes, double Link)
{
    private const int Bursts = 5;
    private const int Threads = 256;
    private const int ThreadsOfChain = 32;
    private const int GroupsPerMultiprocessor = 16;
    private const int FirstLinks = 1024;
    private const int MostLinks = 1 << 27;
    private const int BytesOfQuad = 16;
    private const double OperationsOfFma = 2;
    private const double Growth = 2;

    private const int PartOfMemory = 16;

    /// <summary>Bytes to copy that lie far beyond any cache.</summary>
    public const long FarBytes = 1L << 28;

    // Long against a launch.
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(20);

    /// <summary>Measures; the best of some short bursts.</summary>
    /// <param name="device">The device.</param>
    /// <param name="bytes">How much is copied; less on a device without that much.</param>
    /// <exception cref="Failures.DeviceException">The device does not do it.</exception>
    public static GpuCeilings Measure(GpuDevice device, long bytes)
    {
        using IGpuQueue queue = GpuEngine.DriverOf(device.Api).Open(device.Info.Index, new KernelProgram(_ => Source(), Ptx));
        int chains = KernelNumber("CHAINS");
        int groups = queue.Multiprocessors * GroupsPerMultiprocessor;
        using GpuBuffer results = queue.Allocate((long)groups * Threads * sizeof(float));
        double perLink = SecondsPerLink(queue, "fma_throughput", new LaunchSize(groups, 1, 1, Threads), results);
        double link = SecondsPerLink(queue, "fma_latency", new LaunchSize(1, 1, 1, ThreadsOfChain), results);
        return new GpuCeilings(OperationsOfFma * chains * groups * Threads / perLink, Bandwidth(queue, groups, Math.Min(bytes, device.Info.Memory / PartOfMemory)), link);
    }

    /// <summary>The kernels as a driver compiles them.</summary>
    public static string Source() => $"{KernelSource.Text("portable.c")}{Text("ceilings.c")}";

    /// <summary>The kernels as <c>scripts/bench/build-ceilings.sh</c> compiles them.</summary>
    public static byte[] Ptx() => [.. Encoding.ASCII.GetBytes(Text("ceilings.ptx")), 0];

    private static double SecondsPerLink(IGpuQueue queue, string kernel, LaunchSize size, GpuBuffer results)
    {
        for (int links = FirstLinks; ; links = (int)(links * Growth))
        {
            using GpuLaunch launch = queue.Prepare(kernel, size, results, links);
            double seconds = Seconds(queue, launch);
            if (seconds >= Burst.TotalSeconds || links >= MostLinks)
            {
                return Enumerable.Range(0, Bursts).Min(_ => Seconds(queue, launch)) / links;
            }
        }
    }

    private static double Bandwidth(IGpuQueue queue, int groups, long most)
    {
        long bytes = most / BytesOfQuad * BytesOfQuad;
        using GpuBuffer from = queue.Allocate(bytes);
        using GpuBuffer to = queue.Allocate(bytes);
        using GpuLaunch launch = queue.Prepare("copy", new LaunchSize(groups, 1, 1, Threads), from, to, (int)(bytes / BytesOfQuad), groups);
        Seconds(queue, launch);
        return 2 * bytes / Enumerable.Range(0, Bursts).Min(_ => Seconds(queue, launch));
    }

    private static double Seconds(IGpuQueue queue, GpuLaunch launch)
    {
        Finish(queue);
        long start = Stopwatch.GetTimestamp();
        queue.Enqueue(launch);
        Finish(queue);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static void Finish(IGpuQueue queue)
    {
        using GpuMark mark = queue.Mark();
        queue.Wait(mark);
    }

    private static int KernelNumber(string name)
    {
        string start = $"#define {name} ";
        return int.Parse(
            Text("ceilings.c").Split('\n').First(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..],
            System.Globalization.CultureInfo.InvariantCulture);
    }

    private static string Text(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Ceilings/{file}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
