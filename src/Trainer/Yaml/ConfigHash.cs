using System.Security.Cryptography;
using System.Text;

namespace Trainer.Yaml;

/// <summary>The short name of an experiment, by which its run folder is found again.</summary>
internal static class ConfigHash
{
    private const int Digits = 8;

    /// <summary>
    /// The first 8 hexadecimal digits (lower-case, 32 bits) of the SHA-256 of <see cref="ConfigWriter.Identity"/> in UTF-8:
    /// the same for the same experiment, whatever its seed and device.
    /// </summary>
    public static string Of(object record) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(ConfigWriter.Identity(record))))[..Digits];
}
