using System.Diagnostics;
using System.Reflection;
using System.Runtime.Versioning;
using Trainer.Clusters;
using Trainer.Failures;
using Trainer.Results;

namespace Trainer.Tests.Clusters;

/// <summary>The copy of the program beside a sweep.</summary>
public class ProgramCopyTests
{
    // Where the tests lie, with the program and much that is none of it.
    private static readonly string Here = AppContext.BaseDirectory;
    private static readonly string Runtime = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();

    [Fact]
    public async Task Copy_Starts_FromAFolderWithASpaceInItsName()
    {
        using var folder = new TempFolder();
        ProgramCopy copy = ProgramCopy.Make(folder["a sweep's folder"]);
        Assert.Equal(Version(), await StartAsync(copy.Command, folder.Root));
        Assert.All(copy.Command, word => Assert.True(Path.IsPathFullyQualified(word) && File.Exists(word)));
        Assert.Equal(["dotnet", copy.Command[1]], copy.CommandElsewhere);
        Assert.StartsWith("program-", Path.GetFileName(copy.Folder));
    }

    [Fact]
    public async Task Copy_IsWhatItWas_AfterTheProgramWasChanged()
    {
        using var folder = new TempFolder();
        string program = Program(folder["program"]);
        ProgramCopy copy = ProgramCopy.Make(folder["cluster"], program, Runtime);
        File.WriteAllText(Path.Combine(program, "Trainer.Core.dll"), "another build");
        ProgramCopy other = ProgramCopy.Make(folder["cluster"], program, Runtime);
        Assert.NotEqual(copy.Folder, other.Folder);
        Assert.Equal(Version(), await StartAsync(copy.Command, folder.Root));
        Assert.Equal("another build", File.ReadAllText(Path.Combine(other.Folder, "Trainer.Core.dll")));
    }

    [Fact]
    public void Copy_HasTheProgramsFiles_AndNoOthers()
    {
        using var folder = new TempFolder();
        string program = Program(folder["program"]);
        string[] own = Names(program);
        File.WriteAllText(Path.Combine(program, "testhost.dll"), "");
        Directory.CreateDirectory(Path.Combine(program, "linux-x64"));
        File.WriteAllText(Path.Combine(program, "linux-x64", "trainer.dll"), "a publish");
        ProgramCopy copy = ProgramCopy.Make(folder["cluster"], program, Runtime);
        Assert.Equal(own, Names(copy.Folder));
        Assert.Contains("trainer.runtimeconfig.json", own);
        Assert.Contains("YamlDotNet.dll", own);
    }

    [Fact]
    public void Copy_ThatIsThere_IsKept_AndOneThatIsNotWholeIsFinished()
    {
        using var folder = new TempFolder();
        ProgramCopy copy = ProgramCopy.Make(folder["cluster"]);
        string[] files = [.. Names(copy.Folder).Select(name => Path.Combine(copy.Folder, name))];
        DateTime old = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Array.ForEach(files, file => File.SetLastWriteTimeUtc(file, old));
        // As a copy that was killed leaves it, a file that somebody removed, and one that somebody wrote into.
        File.Delete(files[0]);
        byte[] bytes = File.ReadAllBytes(files[1]);
        bytes[^1]++;
        File.WriteAllBytes(files[1], bytes);
        Assert.Equal(copy.Folder, ProgramCopy.Make(folder["cluster"]).Folder);
        Assert.Equal(files[2..], files.Where(file => File.GetLastWriteTimeUtc(file) == old));
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(Here, Path.GetFileName(file))), File.ReadAllBytes(file)));
        Assert.Single(Directory.GetDirectories(folder["cluster"]));
    }

    [FactOnUnix]
    [UnsupportedOSPlatform("windows")]
    public void ProgramWithItsRuntimeBesideIt_StartsItself()
    {
        using var folder = new TempFolder();
        string program = Program(folder["program"]);
        File.WriteAllText(Path.Combine(program, "trainer"), "#!/bin/sh\n");
        ProgramCopy copy = ProgramCopy.Make(folder["cluster"], program, program + "/");
        Assert.Equal([Path.Combine(copy.Folder, "trainer")], copy.Command);
        Assert.Equal(copy.Command, copy.CommandElsewhere);
        Assert.True(File.GetUnixFileMode(copy.Command[0]).HasFlag(UnixFileMode.UserExecute | UnixFileMode.OtherExecute));
        Assert.DoesNotContain("trainer", Names(ProgramCopy.Make(folder["cluster"], program, Runtime).Folder));
    }

    [Fact]
    public void FilesOfSeveralMachinesAndLanguages_KeepTheirFolders()
    {
        using var folder = new TempFolder();
        string program = Program(folder["program"]);
        File.WriteAllText(Path.Combine(program, "trainer.deps.json"), """
            {"runtimeTarget": {"name": "net"}, "targets": {"other": {}, "net": {"trainer/1": {"runtime": {"trainer.dll": {}}}, "a/1": {
              "native": {"runtimes/x/native/a.so": {}},
              "resources": {"lib/net10.0/de/a.resources.dll": {"locale": "de"}},
              "runtimeTargets": {"runtimes/linux-x64/native/b.so": {"rid": "linux-x64"}}}}}}
            """);
        foreach (string file in (string[])["a.so", "de/a.resources.dll", "runtimes/linux-x64/native/b.so"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(program, file))!);
            File.WriteAllText(Path.Combine(program, file), "");
        }
        Assert.Equal(
            ["a.so", "de/a.resources.dll", "runtimes/linux-x64/native/b.so", "trainer.deps.json", "trainer.dll", "trainer.runtimeconfig.json"],
            Names(ProgramCopy.Make(folder["cluster"], program, Runtime).Folder));
    }

    [Theory]
    [InlineData("YamlDotNet.dll", null, "YamlDotNet.dll: not there, and the program cannot be copied without; build or install it again")]
    [InlineData("trainer.deps.json", null, "trainer.deps.json: cannot be read, and the program cannot be copied without: ")]
    [InlineData("trainer.deps.json", "{", "trainer.deps.json: cannot be read, and the program cannot be copied without: ")]
    [InlineData("trainer.deps.json", "{}", "trainer.deps.json: cannot be read, and the program cannot be copied without: ")]
    [InlineData("trainer.deps.json", "[]", "trainer.deps.json: cannot be read, and the program cannot be copied without: ")]
    public void ProgramThatIsNotWhole_IsRefused_AndNothingIsCopied(string file, string? text, string problem)
    {
        using var folder = new TempFolder();
        string program = Program(folder["program"]);
        File.Delete(Path.Combine(program, file));
        if (text is not null)
        {
            File.WriteAllText(Path.Combine(program, file), text);
        }
        RunFailedException thrown = Assert.Throws<RunFailedException>(() => ProgramCopy.Make(folder["cluster"], program, Runtime));
        Assert.StartsWith(Path.Combine(program, problem), thrown.Message);
        Assert.False(Directory.Exists(folder["cluster"]));
    }

    /// <summary>The program alone, in a folder of its own.</summary>
    private static string Program(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string name in ProgramFiles.In(Here, hasRuntime: false))
        {
            File.Copy(Path.Combine(Here, name), Path.Combine(folder, name));
        }
        return folder;
    }

    private static string[] Names(string folder) => [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static string Version() => typeof(Software).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static async Task<string> StartAsync(IReadOnlyList<string> command, string folder)
    {
        using Process process = Process.Start(new ProcessStartInfo(command[0], [.. command.Skip(1), "--version"])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(patience.Token);
            string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.Equal((0, ""), (process.ExitCode, await error));
            return output.Trim();
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}
