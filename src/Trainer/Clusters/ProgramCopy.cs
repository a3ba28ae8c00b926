using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Trainer.Failures;
using Trainer.Storage;

namespace Trainer.Clusters;

/// <summary>
/// A copy of the program beside a sweep, so that what waits in a queue is run by the program that submitted it and not by the one
/// that a build put into its place meanwhile. The folder is called by the files' content. Each file is written under another name and
/// then renamed, and all are compared with the program before any job is told of the folder: a copy that was killed is finished by the
/// next, and tasks that run from it never see a file change.
/// </summary>
internal sealed record ProgramCopy
{
    private const string Prefix = "program-";
    private const int HashBytes = 4;

    /// <summary>The folder, absolute.</summary>
    public required string Folder { get; init; }

    /// <summary>The words that start it, all absolute.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Whether the runtime is in the folder, too; otherwise 'dotnet' is the first word.</summary>
    public required bool HasRuntime { get; init; }

    /// <summary>The words that start it where 'dotnet' may lie elsewhere and is found by its name.</summary>
    public IReadOnlyList<string> CommandElsewhere => HasRuntime ? Command : ["dotnet", .. Command.Skip(1)];

    /// <summary>Copies this program, unless its copy is there.</summary>
    /// <param name="clusterFolder">The folder in which the copy's lies.</param>
    /// <exception cref="RunFailedException">It cannot be copied.</exception>
    public static ProgramCopy Make(string clusterFolder) =>
        Make(clusterFolder, AppContext.BaseDirectory, RuntimeEnvironment.GetRuntimeDirectory());

    /// <summary>What the copy would be, which is not made.</summary>
    /// <param name="clusterFolder">The folder in which it would lie.</param>
    /// <exception cref="RunFailedException">The program cannot be read.</exception>
    public static ProgramCopy Planned(string clusterFolder) =>
        Planned(clusterFolder, AppContext.BaseDirectory, RuntimeEnvironment.GetRuntimeDirectory()).Copy;

    /// <summary>The same as <see cref="Make(string)"/> for a program elsewhere.</summary>
    /// <param name="clusterFolder">The folder in which the copy's lies.</param>
    /// <param name="program">Where the program lies.</param>
    /// <param name="runtime">Where the runtime's assemblies lie.</param>
    /// <exception cref="RunFailedException">It cannot be copied.</exception>
    public static ProgramCopy Make(string clusterFolder, string program, string runtime)
    {
        (ProgramCopy copy, IReadOnlyList<(string Name, byte[] Content)> files) = Planned(clusterFolder, program, runtime);
        foreach ((string name, byte[] content) in files)
        {
            Keep(Path.Combine(copy.Folder, name), content);
        }
        if (copy.HasRuntime)
        {
            AllowToStart(Path.Combine(copy.Folder, ProgramFiles.Start));
        }
        return copy;
    }

    private static (ProgramCopy Copy, IReadOnlyList<(string Name, byte[] Content)> Files) Planned(string clusterFolder, string program, string runtime)
    {
        bool hasRuntime = Same(program, runtime);
        IReadOnlyList<(string Name, byte[] Content)> files =
            [.. ProgramFiles.In(program, hasRuntime).Select(name => (name, Read(Path.Combine(program, name))))];
        string folder = Path.Combine(Path.GetFullPath(clusterFolder), Prefix + Hash(files));
        var copy = new ProgramCopy
        {
            Folder = folder,
            HasRuntime = hasRuntime,
            Command = hasRuntime
                ? [Path.Combine(folder, ProgramFiles.Start)]
                : [Dotnet(runtime), Path.Combine(folder, ProgramFiles.Assembly)],
        };
        return (copy, files);
    }

    /// <summary>What starts a program with a runtime three folders below: dotnet/shared/Microsoft.NETCore.App/10.0.0/.</summary>
    private static string Dotnet(string runtime) => Path.GetFullPath(
        Path.Combine(runtime, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));

    private static bool Same(string folder, string other) =>
        Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) == Path.TrimEndingDirectorySeparator(Path.GetFullPath(other));

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be read, and the program cannot be copied without: {failure.Message}", failure);
        }
    }

    /// <summary>Names and contents, each behind its length, so that no two programs give the same bytes.</summary>
    private static string Hash(IReadOnlyList<(string Name, byte[] Content)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach ((string name, byte[] content) in files)
        {
            foreach (byte[] part in new[] { Encoding.UTF8.GetBytes(name), content })
            {
                BinaryPrimitives.WriteInt32LittleEndian(length, part.Length);
                hash.AppendData(length);
                hash.AppendData(part);
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, HashBytes));
    }

    private static void Keep(string path, byte[] content)
    {
        if (!File.Exists(path) || new FileInfo(path).Length != content.Length || !Read(path).AsSpan().SequenceEqual(content))
        {
            AtomicFile.Write(path, content, static (stream, content) => stream.Write(content));
        }
    }

    private static void AllowToStart(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            const UnixFileMode execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
            UnixFileMode mode = File.GetUnixFileMode(path);
            if ((mode & execute) != execute)
            {
                File.SetUnixFileMode(path, mode | execute);
            }
        }
    }
}
