namespace Trainer.Engines.Cpu;

/// <summary>Binary32 numbers at an address that is a multiple of a cache line and does not move; zero at first.</summary>
internal sealed unsafe class AlignedBuffer
{
    /// <summary>Numbers in a cache line: rows are padded to a multiple of it, and so to one of every vector width.</summary>
    public const int LineLength = 16;

    private const int LineBytes = LineLength * sizeof(float);

    // Pinned for its life, so that the pointer stays good as long as this object is reachable.
    private readonly float[] _memory;
    private readonly int _offset;

    /// <summary>Room for <paramref name="length"/> numbers.</summary>
    public AlignedBuffer(long length)
    {
        Length = checked((int)length);
        _memory = GC.AllocateArray<float>(Length + LineLength, pinned: true);
        fixed (float* start = _memory)
        {
            Pointer = (float*)(((nuint)start + LineBytes - 1) & ~(nuint)(LineBytes - 1));
            _offset = (int)(Pointer - start);
        }
    }

    /// <summary>The first number.</summary>
    public float* Pointer { get; }

    /// <summary>How many numbers there are.</summary>
    public int Length { get; }

    /// <summary>All of them. The span keeps the memory alive, which the pointer does not.</summary>
    public Span<float> Span => _memory.AsSpan(_offset, Length);

    /// <summary><paramref name="count"/>, made a multiple of <see cref="LineLength"/>.</summary>
    public static int Padded(int count) => checked((int)(((long)count + LineLength - 1) / LineLength * LineLength));
}
