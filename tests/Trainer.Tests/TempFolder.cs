namespace Trainer.Tests;

/// <summary>A folder of its own for a test, deleted with all that is in it when the test ends.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("trainer-test-").FullName;

    /// <summary>The path of a file in it.</summary>
    public string this[params ReadOnlySpan<string> name] => Path.Combine([Root, .. name]);

    /// <summary>Writes text as UTF-8 and gives the file's path.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>Writes a file and gives its path.</summary>
    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    /// <summary>The names of the files in it, in order.</summary>
    public IEnumerable<string> Names =>
        Directory.EnumerateFiles(Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>Names, lengths and contents of all files in it as one text, to compare before and after.</summary>
    public string Snapshot() => string.Join('\n', Names.Select(name =>
        $"{name} {File.GetLastWriteTimeUtc(this[name]):O} {Convert.ToHexString(File.ReadAllBytes(this[name]))}"));

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
