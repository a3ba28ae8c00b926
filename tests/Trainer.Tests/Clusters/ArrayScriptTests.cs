using Trainer.Clusters;
using Trainer.Clusters.Slurm;
using Trainer.Failures;

namespace Trainer.Tests.Clusters;

/// <summary>The script of an array: readable, and nothing that a value says gets out of its place.</summary>
public class ArrayScriptTests
{
    private static readonly ArrayJob Job = new()
    {
        Name = "trainer-rates-3f1c9a2b-1-1",
        Count = 24,
        Parallel = 8,
        WorkingFolder = "/home/me/course",
        LogFolder = "/home/me/course/results/sweeps/rates/cluster/logs/1-1",
        Settings = new ClusterSettings { Partition = "short" },
        Command =
        [
            "/usr/share/dotnet/dotnet", "/home/me/course/results/sweeps/rates/cluster/program-5c1d77aa/trainer.dll",
            "sweep-task", "/home/me/course/results/sweeps/rates", "--submission", "1", "--offset", "0",
        ],
    };

    [FactOnUnix]
    public void Script_IsOptionsAndOneExec() => Assert.Equal(
        """
        #!/bin/sh
        #SBATCH --job-name=trainer-rates-3f1c9a2b-1-1
        #SBATCH --array=1-24%8
        #SBATCH --chdir=/home/me/course
        #SBATCH --output=/home/me/course/results/sweeps/rates/cluster/logs/1-1/%A_%a.log
        #SBATCH --open-mode=append
        #SBATCH --requeue
        #SBATCH --signal=B:USR1@90
        #SBATCH --partition=short
        exec '/usr/share/dotnet/dotnet' '/home/me/course/results/sweeps/rates/cluster/program-5c1d77aa/trainer.dll' sweep-task '/home/me/course/results/sweeps/rates' --submission 1 --offset 0

        """.ReplaceLineEndings("\n"), ArrayScript.Text(Job));

    [FactOnUnix]
    public void EverySetting_IsAnOption()
    {
        string script = ArrayScript.Text(Job with
        {
            Parallel = null,
            Settings = new ClusterSettings
            {
                Account = "course",
                Time = "1-12:30:00",
                Memory = "4G",
                Cpus = 2,
                Gres = "gpu:a100:1",
                Constraint = "avx512&ib",
                SignalSeconds = 120,
                SbatchArguments = ["--qos=low", "--comment=two words # and more"],
            },
        });
        Assert.Contains(
            """
            #SBATCH --signal=B:USR1@120
            #SBATCH --account=course
            #SBATCH --time=1-12:30:00
            #SBATCH --mem=4G
            #SBATCH --cpus-per-task=2
            #SBATCH --gres=gpu:a100:1
            #SBATCH --constraint="avx512&ib"
            #SBATCH --qos=low
            #SBATCH "--comment=two words # and more"
            exec
            """.ReplaceLineEndings("\n"), script);
        Assert.Contains("\n#SBATCH --array=1-24\n", script);
    }

    [TheoryOnUnix]
    [InlineData("/plain/folder")]
    [InlineData("/two words")]
    [InlineData("/it's \"quoted\"")]
    [InlineData("/$HOME `id` $(id) ${x} !1")]
    [InlineData("/a;b&c|d<e>f(g)h*i?j[k]~")]
    [InlineData("/100% of %a and %%")]
    [InlineData("/# no comment")]
    [InlineData("/Übung/数据/🎓")]
    public void Values_ReachTheCommandAndSbatchAsTheyAre(string folder)
    {
        using var slurm = new FakeSlurm();
        string path = slurm.Folder.Write("script.sh", ArrayScript.Text(Job with
        {
            WorkingFolder = folder,
            LogFolder = folder,
            Settings = new ClusterSettings { SbatchArguments = [$"--comment={folder}"] },
            Command = ["/usr/bin/printf", "%s\\n", folder, folder + "'", "--offset", "-"],
        }));

        Assert.Equal($"{folder}\n{folder}'\n--offset\n-\n", new ProgramRunner("/bin:/usr/bin")
            .Run("sh", [path], TimeSpan.FromMinutes(1), CancellationToken.None).Output);
        string job = slurm.Client.Submit(path, []);
        string[] options = File.ReadAllLines(slurm.State("jobs", job, "options"));
        Assert.Contains($"chdir={folder}", options);
        Assert.Contains($"output={folder.Replace("%", "%%")}/%A_%a.log", options);
        Assert.Contains($"comment={folder}", options);
    }

    [TheoryOnUnix]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    [InlineData("a\u001b[2Jb")]
    [InlineData("a\u0085b")]
    [InlineData("a\u2028b")]
    public void ValueThatWouldEndItsLine_IsRefusedInOneLine(string value) => AssertRefused(value);

    [FactOnUnix]
    public void HalfACharacter_IsRefused() => AssertRefused("a\ud800b");

    [FactOnUnix]
    public void LogFolderWithABackslash_IsRefused_BecauseSlurmWouldWriteAllLogsIntoOneFile()
    {
        var failure = Assert.Throws<ConfigException>(() => ArrayScript.Text(Job with { LogFolder = "/home/a\\b" }));
        Assert.Equal("/home/a\\b: SLURM cannot write logs into a folder with a backslash in its name; choose another --out", failure.Message);
        Assert.Contains("--chdir=\"/home/a\\\\b\"\n", ArrayScript.Text(Job with { WorkingFolder = "/home/a\\b" }));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a,b")]
    [InlineData("a b")]
    [InlineData("a|b")]
    [InlineData("Ü")]
    public void NameThatAQueueCannotBeAskedFor_IsRefused(string name) =>
        Assert.Throws<ArgumentException>(() => ArrayScript.Text(Job with { Name = name }));

    [Fact]
    public void FolderThatIsNotAbsolute_IsADefect() =>
        Assert.Throws<ArgumentException>(() => ArrayScript.Text(Job with { WorkingFolder = "results" }));

    private static void AssertRefused(string value)
    {
        ArrayJob[] jobs =
        [
            Job with { WorkingFolder = "/" + value },
            Job with { LogFolder = "/" + value },
            Job with { Command = [value] },
            Job with { Command = ["/bin/true", value] },
        ];
        Assert.All(jobs, job =>
        {
            var failure = Assert.Throws<ConfigException>(() => ArrayScript.Text(job));
            Assert.DoesNotContain(failure.Message, char.IsControl);
        });
    }
}
