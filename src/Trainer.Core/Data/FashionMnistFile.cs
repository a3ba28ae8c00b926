using Trainer.Failures;

namespace Trainer.Data;

/// <summary>One of the four files of Fashion-MNIST, and the figures by which the official one is known.</summary>
/// <param name="Name">Its name without ".gz"; the file is accepted under either name, packed or not.</param>
/// <param name="HoldsImages">Images (true) or labels (false).</param>
/// <param name="GzipLength">Length of the published .gz file in bytes.</param>
/// <param name="GzipSha256">SHA-256 of the published .gz file, lower-case hexadecimal.</param>
/// <param name="ContentLength">Length of what is in it, unpacked, in bytes.</param>
/// <param name="ContentSha256">SHA-256 of what is in it, unpacked.</param>
/// <param name="MnistSha256">SHA-256 of the contents of MNIST's file of the same name, unpacked, to tell a mix-up by.</param>
public sealed record FashionMnistFile(
    string Name, bool HoldsImages, long GzipLength, string GzipSha256, long ContentLength, string ContentSha256, string MnistSha256)
{
    /// <summary>The name of the published file.</summary>
    public string GzipName => Name + ".gz";

    /// <summary>The path of this file in <paramref name="directory"/>, or null when it is not there. The unpacked one is
    /// taken where both are: it loads faster.</summary>
    public string? FindIn(string directory)
    {
        string raw = Path.Combine(directory, Name);
        string gzip = Path.Combine(directory, GzipName);
        return File.Exists(raw) ? raw : File.Exists(gzip) ? gzip : null;
    }

    /// <summary>Reads the file at <paramref name="path"/> as what this one should be; the contents are not yet verified.</summary>
    /// <exception cref="DataException">Not such a file, cut off, too long, corrupt, or not readable.</exception>
    public IdxFile Read(string path) => HoldsImages ? IdxFile.ReadImages(path) : IdxFile.ReadLabels(path);
}
