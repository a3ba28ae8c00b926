using System.Runtime.InteropServices;
using Trainer.Engines.Gpu.Cuda;
using Trainer.Engines.Gpu.Drivers;

namespace Trainer.Tests.Engines.Gpu.Cuda;

/// <summary>Everything that a queue can do, once, with its results checked.</summary>
internal static class CudaWork
{
    /// <summary>Numbers that the kernel works on: no whole number of groups.</summary>
    public const int Count = 100;

    /// <summary>How often the recorded sequence is launched.</summary>
    public const int Repetitions = 20;

    // A write that goes round the ring of staging blocks more than once, and not by whole blocks.
    private const int ManyNumbers = 700_001;
    private static readonly LaunchSize Size = new(2, 1, 1, 64);

    /// <summary>Opens the first device and works on it.</summary>
    public static void Whole()
    {
        using IGpuQueue queue = new CudaDriver().Open(0, SmallProgram.Whole);
        Steps(queue);
        Staging(queue);
    }

    /// <summary>Launches, alone and recorded: 1 + 2 · 20 times 10 is added.</summary>
    public static void Steps(IGpuQueue queue)
    {
        using GpuBuffer numbers = queue.Allocate(sizeof(int) * Count);
        Assert.All(Read(queue, numbers, Count), number => Assert.Equal(0, number));
        Write(queue, numbers, 0, [.. Enumerable.Range(0, Count)]);
        using GpuLaunch add = queue.Prepare(SmallProgram.Kernel, Size, numbers, Count, 10);
        using GpuSequence twice = queue.Record([add, add]);
        queue.Enqueue(add);
        for (int i = 1; i < Repetitions; i++)
        {
            queue.Enqueue(twice);
        }
        using GpuMark mark = queue.Mark();
        queue.Enqueue(twice);
        queue.Wait(mark);
        Assert.Equal(Enumerable.Range(10 + 20 * Repetitions, Count), Read(queue, numbers, Count));
    }

    /// <summary>Writes whose source changes at once, into places within a buffer.</summary>
    public static void Staging(IGpuQueue queue)
    {
        using GpuBuffer numbers = queue.Allocate(sizeof(int) * ManyNumbers);
        int[] source = [.. Enumerable.Range(0, ManyNumbers)];
        Write(queue, numbers, 0, source);
        Array.Clear(source);
        Write(queue, numbers, 7, source.AsSpan(0, 3));
        int[] read = Read(queue, numbers, ManyNumbers);
        Assert.Equal(Enumerable.Range(0, ManyNumbers).Select(i => i is 7 or 8 or 9 ? 0 : i), read);
        int[] part = new int[2];
        queue.Read(numbers, sizeof(int) * 9, MemoryMarshal.AsBytes(part.AsSpan()));
        Assert.Equal([0, 10], part);
    }

    /// <summary>Reads the first numbers of a buffer.</summary>
    public static int[] Read(IGpuQueue queue, GpuBuffer buffer, int count)
    {
        int[] numbers = new int[count];
        queue.Read(buffer, 0, MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }

    private static void Write(IGpuQueue queue, GpuBuffer buffer, int place, ReadOnlySpan<int> numbers) =>
        queue.Write(buffer, sizeof(int) * place, MemoryMarshal.AsBytes(numbers));
}
