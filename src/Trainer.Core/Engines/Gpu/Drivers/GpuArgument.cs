namespace Trainer.Engines.Gpu.Drivers;

/// <summary>An argument of a kernel: memory, or a whole number of 32 bits.</summary>
internal readonly struct GpuArgument
{
    private GpuArgument(GpuBuffer? buffer, int number) => (Buffer, Number) = (buffer, number);

    /// <summary>The memory; null where it is a number.</summary>
    public GpuBuffer? Buffer { get; }

    /// <summary>The number; 0 where it is memory.</summary>
    public int Number { get; }

    /// <summary>Memory as an argument.</summary>
    public static implicit operator GpuArgument(GpuBuffer buffer) => new(buffer, 0);

    /// <summary>A number as an argument.</summary>
    public static implicit operator GpuArgument(int number) => new(null, number);
}
