namespace Trainer.Fuzz.Inputs;

/// <summary>The small files that inputs are made of: good ones, odd ones, and each that once was a finding.</summary>
internal static class Corpus
{
    /// <summary>The files of a parser, by name.</summary>
    public static IReadOnlyList<(string Name, byte[] Bytes)> Of(string parser)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Corpus", parser);
        return [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(path => (Path.GetFileName(path), File.ReadAllBytes(path)))];
    }
}
