namespace Trainer.Tests.Storage;

/// <summary>
/// What of a folder outlasts a cut of the power, by the rules of POSIX and no kinder: bytes that were flushed since they were
/// written, and names whose folder was flushed since they were given or taken away. Of the rest anything may be there or not;
/// <see cref="Cut"/> has three of the ways.
/// </summary>
internal sealed class DurableState
{
    private readonly string _root;
    private readonly Dictionary<string, Content> _names = [];
    private readonly HashSet<string> _folders = [];
    private readonly Dictionary<string, Content> _lastingNames;
    private readonly HashSet<string> _lastingFolders;

    /// <summary>Takes all that is in <paramref name="root"/> for flushed.</summary>
    public DurableState(string root)
    {
        _root = Path.GetFullPath(root);
        foreach (string folder in Directory.GetDirectories(_root, "*", SearchOption.AllDirectories))
        {
            _folders.Add(folder);
        }
        foreach (string file in Files())
        {
            _names.Add(file, Content.Of(file));
        }
        _lastingNames = new(_names);
        _lastingFolders = [.. _folders];
    }

    public void CreateFolder(string path) => _folders.Add(Path.GetFullPath(path));

    public void DeleteFolder(string path) => _folders.Remove(Path.GetFullPath(path));

    public void Create(string path) => _names[Path.GetFullPath(path)] = new Content();

    public void Open(string path) => _names.TryAdd(Path.GetFullPath(path), Content.Of(path));

    public void Delete(string path) => _names.Remove(Path.GetFullPath(path));

    public void Rename(string from, string to)
    {
        _names.Remove(Path.GetFullPath(from), out Content? content);
        _names[Path.GetFullPath(to)] = content!;
    }

    public void Write(string path, byte[] bytes) => Of(path).Written = [.. Of(path).Written, .. bytes];

    public void SetLength(string path, long length) => Of(path).Written = Of(path).Written[..(int)length];

    public void Flush(string path) => Of(path).Flushed = Of(path).Written;

    public void FlushFolder(string path)
    {
        string folder = Path.GetFullPath(path);
        foreach (string name in _lastingNames.Keys.Where(name => Path.GetDirectoryName(name) == folder).ToList())
        {
            _lastingNames.Remove(name);
        }
        foreach ((string name, Content content) in _names.Where(name => Path.GetDirectoryName(name.Key) == folder))
        {
            _lastingNames.Add(name, content);
        }
        // Some folders are made by whoever locks them, past the disk.
        _folders.UnionWith(Directory.GetDirectories(folder));
        _lastingFolders.RemoveWhere(inner => Path.GetDirectoryName(inner) == folder);
        _lastingFolders.UnionWith(_folders.Where(inner => Path.GetDirectoryName(inner) == folder));
    }

    /// <summary>Leaves in the folder what outlasted it.</summary>
    public void Cut(FaultKind kind)
    {
        bool hasNames = kind == FaultKind.CutToNames;
        Dictionary<string, Content> names = hasNames ? _names : _lastingNames;
        HashSet<string> folders = hasNames ? _folders : _lastingFolders;
        // Held open by whoever works there; it holds nothing.
        foreach (string file in Files())
        {
            File.Delete(file);
        }
        foreach (string folder in Directory.GetDirectories(_root, "*", SearchOption.AllDirectories).OrderByDescending(folder => folder.Length))
        {
            if (!IsThere(folder, folders) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
        foreach (string folder in folders.Where(folder => IsThere(folder, folders)))
        {
            Directory.CreateDirectory(folder);
        }
        foreach ((string name, Content content) in names.Where(name => IsThere(Path.GetDirectoryName(name.Key)!, folders)))
        {
            File.WriteAllBytes(name, content.After(kind));
        }
    }

    private bool IsThere(string folder, HashSet<string> folders) =>
        folder == _root || (folders.Contains(folder) && IsThere(Path.GetDirectoryName(folder)!, folders));

    private IEnumerable<string> Files() => Directory.GetFiles(_root, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) != ".lock");

    private Content Of(string path) => _names[Path.GetFullPath(path)];

    private sealed class Content
    {
        public byte[] Written { get; set; } = [];

        public byte[] Flushed { get; set; } = [];

        public static Content Of(string path)
        {
            byte[] bytes = File.ReadAllBytes(path);
            return new Content { Written = bytes, Flushed = bytes };
        }

        public byte[] After(FaultKind kind) => kind switch
        {
            FaultKind.CutToBytes => Written,
            FaultKind.CutToNames when Written.AsSpan().StartsWith(Flushed) => Written[..(Flushed.Length + ((Written.Length - Flushed.Length) / 2))],
            _ => Flushed,
        };
    }
}
