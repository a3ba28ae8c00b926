namespace Trainer.Engines.Cpu;

/// <summary>How many bits the engine's vectors have. It changes the speed and no result.</summary>
public enum VectorWidth
{
    /// <summary>No vectors.</summary>
    Scalar = 32,

    /// <summary>Four numbers: SSE, NEON.</summary>
    Bits128 = 128,

    /// <summary>Eight numbers: AVX2.</summary>
    Bits256 = 256,

    /// <summary>Sixteen numbers: AVX-512.</summary>
    Bits512 = 512,
}
