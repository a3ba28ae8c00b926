using Trainer.Clusters.Slurm;

namespace Trainer.Tests.Clusters;

/// <summary>The programs of <c>tests/fake-slurm</c> in a folder of their own, where a test tells them how to behave.</summary>
internal sealed class FakeSlurm : IDisposable
{
    private readonly TempFolder _folder = new();

    public FakeSlurm()
    {
        Directory.CreateDirectory(State());
        Directory.CreateDirectory(Programs);
        foreach (string program in Directory.EnumerateFiles(RepositoryRoot.In("tests", "fake-slurm")))
        {
            File.CreateSymbolicLink(Path.Combine(Programs, Path.GetFileName(program)), program);
        }
        Runner = new ProgramRunner(Programs);
        Client = new SlurmClient(Runner, "ada");
    }

    /// <summary>The folder of the programs, for PATH.</summary>
    public string Programs => _folder["bin"];

    /// <summary>Starts them.</summary>
    public ProgramRunner Runner { get; }

    public SlurmClient Client { get; }

    /// <summary>What the programs were called with, a line a call.</summary>
    public string[] Calls => File.Exists(State("calls")) ? File.ReadAllLines(State("calls")) : [];

    /// <summary>A folder for the files of a test.</summary>
    public TempFolder Folder => _folder;

    /// <summary>A file of the programs' state.</summary>
    public string State(params ReadOnlySpan<string> name) => Path.Combine([_folder["bin"], "state", .. name]);

    /// <summary>Makes a file that tells the programs something; see lib.sh.</summary>
    public void Tell(string name, string text = "") => File.WriteAllText(State(name), text + "\n");

    /// <summary>Takes a program away.</summary>
    public void Remove(string program) => File.Delete(Path.Combine(Programs, program));

    /// <summary>Writes a script of an array and submits it.</summary>
    public string Submit(string name, string array, string body = "exec true", params IReadOnlyList<string> arguments)
    {
        string script = _folder.Write($"{name}.sh", $"""
            #!/bin/sh
            #SBATCH --job-name={name}
            #SBATCH --array={array}
            #SBATCH --output="{_folder.Root}/%A_%a.log"
            {body}
            """.ReplaceLineEndings("\n") + "\n");
        return Client.Submit(script, arguments);
    }

    public void Dispose() => _folder.Dispose();
}
