namespace Trainer.Results;

/// <summary>A tensor as the header of a safetensors file tells of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The kind of its numbers, as <c>F32</c>.</param>
/// <param name="Sizes">Its shape; none for a single number.</param>
/// <param name="Offset">Where its bytes begin, counted from the first number of the file.</param>
/// <param name="ByteCount">How many bytes it has.</param>
internal sealed record SafetensorsTensor(string Name, string Type, IReadOnlyList<long> Sizes, long Offset, long ByteCount)
{
    /// <summary>Numbers of binary32.</summary>
    public const string Binary32 = "F32";

    // The types whose numbers are whole bytes, and how many. https://github.com/huggingface/safetensors, "Format".
    private static readonly Dictionary<string, int> BytesOfTypes = new(StringComparer.Ordinal)
    {
        ["F64"] = 8,
        ["I64"] = 8,
        ["U64"] = 8,
        [Binary32] = 4,
        ["I32"] = 4,
        ["U32"] = 4,
        ["F16"] = 2,
        ["BF16"] = 2,
        ["I16"] = 2,
        ["U16"] = 2,
        ["F8_E4M3"] = 1,
        ["F8_E5M2"] = 1,
        ["I8"] = 1,
        ["U8"] = 1,
        ["BOOL"] = 1,
    };

    /// <summary>Where the bytes behind it begin.</summary>
    public long End => Offset + ByteCount;

    /// <summary>A tensor of binary32 whose first number is number <paramref name="index"/> of the file's.</summary>
    public static SafetensorsTensor OfBinary32(string name, IReadOnlyList<int> sizes, long index) => new(
        name, Binary32, [.. sizes.Select(size => (long)size)], index * sizeof(float),
        sizes.Aggregate((long)sizeof(float), (product, size) => checked(product * size)));

    /// <summary>How many bytes numbers of <paramref name="type"/> in this shape take; null where the type is not known or no file
    /// could have as many.</summary>
    public static long? BytesOf(string type, IReadOnlyList<long> sizes)
    {
        if (!BytesOfTypes.TryGetValue(type, out int bytes))
        {
            return null;
        }
        UInt128 product = (UInt128)bytes;
        foreach (long size in sizes)
        {
            // Below 2⁶³ so far, times a number below 2⁶³: this never overflows.
            product *= (UInt128)size;
            if (size < 0 || product > long.MaxValue)
            {
                return null;
            }
        }
        return (long)product;
    }

    /// <summary>"F32 [64, 784]".</summary>
    public string Described => $"{Type} [{string.Join(", ", Sizes)}]";

    /// <summary>Whether type and shape are those of <paramref name="other"/>.</summary>
    public bool IsLike(SafetensorsTensor other) => Type == other.Type && Sizes.SequenceEqual(other.Sizes);
}
