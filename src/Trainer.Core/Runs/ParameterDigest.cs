using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Trainer.Runs;

/// <summary>A short name for all parameters to the last bit.</summary>
public static class ParameterDigest
{
    /// <summary>How long it is.</summary>
    public const int Digits = 16;

    /// <summary>First 16 hexadecimal digits of the SHA-256 of the parameters as little-endian binary32.</summary>
    public static string Of(ReadOnlySpan<float> parameters)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("digests are made of little-endian numbers");
        }
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(parameters)))[..Digits];
    }
}
