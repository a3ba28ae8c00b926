namespace Trainer.Fuzz.Inputs;

/// <summary>
/// The chance behind one input: what it gives depends on the seed and the input's number alone, so that any input can be made again
/// without those before it. SplitMix64 of Steele, Lea and Flood (2014).
/// </summary>
internal sealed class FuzzRandom(ulong seed, ulong number)
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _state = Mixed(seed) + (Golden * number);

    /// <summary>64 bits.</summary>
    public ulong Bits() => Mixed(_state += Golden);

    /// <summary>A number from 0 to <paramref name="count"/> − 1; 0 where there is none.</summary>
    public int Below(int count) => count <= 1 ? 0 : (int)(Bits() % (ulong)count);

    /// <summary>True once in <paramref name="times"/>.</summary>
    public bool OnceIn(int times) => Below(times) == 0;

    /// <summary>One of several.</summary>
    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>A number of any magnitude: of b bits, where each b from 0 to 64 is as likely.</summary>
    public ulong AnyMagnitude()
    {
        int bits = Below(65);
        return bits == 0 ? 0 : Bits() >> (64 - bits);
    }

    /// <summary>Bytes.</summary>
    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int k = 0; k < count; k++)
        {
            bytes[k] = (byte)Bits();
        }
        return bytes;
    }

    private static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
