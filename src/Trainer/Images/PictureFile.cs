using Trainer.Charts;
using Trainer.Failures;
using Trainer.Storage;

namespace Trainer.Images;

/// <summary>Writes a picture as the kind of file that its name asks for.</summary>
internal static class PictureFile
{
    /// <summary>Writes <paramref name="svg"/> to <paramref name="path"/>: as it is for .svg, converted for .png and .pdf. No other
    /// file is left behind.</summary>
    /// <param name="path">The file.</param>
    /// <param name="svg">Writes the picture as SVG.</param>
    /// <param name="width">Width of a PNG in pixels.</param>
    /// <exception cref="ConfigException">The name ends otherwise.</exception>
    /// <exception cref="RunFailedException">The file cannot be written, or the converter is missing.</exception>
    public static void Write(string path, Action<Stream> svg, int width = SvgConverter.DefaultWidth)
    {
        string ending = Path.GetExtension(path).ToLowerInvariant();
        if (ending == ".svg")
        {
            AtomicFile.Write(path, svg);
            return;
        }
        ImageFormat format = ending switch
        {
            ".png" => ImageFormat.Png,
            ".pdf" => ImageFormat.Pdf,
            _ => throw new ConfigException($"{path}: pictures are .svg, .png or .pdf files; choose one of these endings"),
        };
        DirectoryInfo folder = Directory.CreateTempSubdirectory("trainer-");
        try
        {
            string source = Path.Combine(folder.FullName, "picture.svg");
            AtomicFile.Write(source, svg);
            new SvgConverter().Convert(source, path, format, width);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
