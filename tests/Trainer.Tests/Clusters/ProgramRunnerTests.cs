using Trainer.Clusters.Slurm;

namespace Trainer.Tests.Clusters;

/// <summary>Programs that are started as they are, and never wait for us nor we for them.</summary>
public sealed class ProgramRunnerTests : IDisposable
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [FactOnUnix]
    public void Arguments_ReachTheProgramAsTheyAre()
    {
        string[] arguments = ["two words", "", "it's", "\"", "$HOME", "*", "a\nb", "\\", "Übung", "--"];
        Assert.Equal(string.Concat(arguments.Select(argument => argument + "|")), Run("printf '%s|' \"$@\"", arguments).Output);
    }

    [FactOnUnix]
    public void ExitCodeAndBothStreams_ComeBack() =>
        Assert.Equal(new ProgramResult(7, "out\n", "err\n"), Run("echo out; echo err >&2; exit 7"));

    [FactOnUnix]
    public void MuchOnBothStreams_HoldsNobodyUp()
    {
        // More than both pipes hold, one after the other and in turns.
        ProgramResult result = Run("""
            head -c 200000 /dev/zero | tr '\0' e >&2
            head -c 200000 /dev/zero | tr '\0' o
            head -c 200000 /dev/zero | tr '\0' e >&2
            """);
        Assert.Equal(new string('o', 200_000), result.Output);
        Assert.Equal(new string('e', ProgramRunner.MostError), result.Error);
    }

    [FactOnUnix]
    public void AnswerWithoutEnd_IsAFailure()
    {
        var failure = Assert.Throws<SchedulerException>(() => Run($"head -c {ProgramRunner.MostOutput + 1} /dev/zero"));
        Assert.Equal("sh: its answer is longer than 16 MiB", failure.Message);
    }

    [FactOnUnix]
    public void StandardInput_IsEmpty() => Assert.Equal("end\n", Run("cat; echo end").Output);

    [FactOnUnix]
    public void ProgramThatDoesNotEnd_IsKilled_AndTheControllerCountsAsUnreachable()
    {
        var failure = Assert.Throws<SchedulerException>(() => Run("exec sleep 300", [], TimeSpan.FromSeconds(0.2)));
        Assert.Equal(("sh: no answer within 0.2 seconds", true, false), (failure.Message, failure.IsUnreachable, failure.IsMissing));
    }

    [FactOnUnix]
    public async Task Cancellation_KillsTheProgramAndItsChildren()
    {
        string file = _folder["grows"];
        using var cancellation = new CancellationTokenSource();
        Task run = Task.Run(() => Run($"(while :; do echo x >>'{file}'; sleep 0.01; done) & wait", [], Minute, cancellation.Token));
        while (!File.Exists(file))
        {
            await Task.Delay(10);
        }
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        long length = new FileInfo(file).Length;
        await Task.Delay(200);
        // One line may have been under way.
        Assert.InRange(new FileInfo(file).Length, length, length + 2);
    }

    [FactOnUnix]
    public void CancelledBeforehand_NothingIsStarted()
    {
        Assert.Throws<OperationCanceledException>(() => Run($"touch '{_folder["started"]}'", [], Minute, new CancellationToken(canceled: true)));
        Assert.False(File.Exists(_folder["started"]));
    }

    [FactOnUnix]
    public void ChildThatKeepsTheStreamsOpen_IsNotWaitedFor() =>
        Assert.Equal(new ProgramResult(0, "done\n", ""), Run("sleep 5 & echo done"));

    [FactOnUnix]
    public void ProgramThatIsNotThere_IsOneLine()
    {
        var failure = Assert.Throws<SchedulerException>(() => new ProgramRunner(_folder.Root).Run("sbatch", [], Minute, CancellationToken.None));
        Assert.Equal("sbatch: not found on the PATH; SLURM's programs are on a cluster's login nodes", failure.Message);
        Assert.Equal((true, false), (failure.IsMissing, failure.IsUnreachable));
    }

    [FactOnUnix]
    public void FirstProgramOnThePath_IsTaken_NotAFolderNorAFileThatIsNone()
    {
        foreach (string name in new[] { "folder", "text", "first", "second" })
        {
            Directory.CreateDirectory(_folder[name]);
        }
        Directory.CreateDirectory(_folder["folder", "program"]);
        _folder.Write(Path.Combine("text", "program"), "#!/bin/sh\necho text\n");
        File.CreateSymbolicLink(_folder["first", "program"], "/bin/echo");
        File.CreateSymbolicLink(_folder["second", "program"], "/bin/false");
        string path = string.Join(':', new[] { "none", "folder", "text", "first", "second" }.Select(name => _folder[name]));
        Assert.Equal(new ProgramResult(0, "word\n", ""), new ProgramRunner(path).Run("program", ["word"], Minute, CancellationToken.None));
    }

    [FactOnUnix]
    public void ProgramThatCannotBeStarted_IsOneLine()
    {
        string file = _folder.Write("program", "#!/no/such/interpreter\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
        var failure = Assert.Throws<SchedulerException>(() => new ProgramRunner(_folder.Root).Run("program", [], Minute, CancellationToken.None));
        Assert.StartsWith($"program: {_folder["program"]} cannot be started: ", failure.Message);
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    [FactOnUnix]
    public void Environment_MakesTheProgramsAnswerInFullAndInEnglish()
    {
        string[] variables = Run("env").Output.Split('\n');
        Assert.Contains("LC_ALL=C", variables);
        Assert.Contains("SLURM_BITSTR_LEN=0", variables);
    }

    [Fact]
    public void VariablesThatChangeSlurmsWays_AreTakenOut_AndWhereItIsStays()
    {
        var variables = new Dictionary<string, string?>
        {
            ["PATH"] = "/bin",
            ["TRAINER_DATA"] = "/data",
            ["SLURM_CONF"] = "/etc/slurm.conf",
            ["SLURM_JWT"] = "token",
            ["SLURM_JOB_ID"] = "1",
            ["SLURM_CLUSTERS"] = "other",
            ["SLURM_BITSTR_LEN"] = "64",
            ["SBATCH_PARTITION"] = "gpu",
            ["SQUEUE_STATES"] = "all",
            ["SCANCEL_USER"] = "me",
            ["SACCT_FORMAT"] = "user",
            ["SCONTROL_ALL"] = "1",
            ["LC_ALL"] = "de_DE.UTF-8",
        };
        SlurmEnvironment.Clean(variables);
        Assert.Equal(
            "LC_ALL=C PATH=/bin SLURM_BITSTR_LEN=0 SLURM_CONF=/etc/slurm.conf SLURM_JWT=token TRAINER_DATA=/data",
            string.Join(' ', variables.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => $"{variable.Key}={variable.Value}")));
    }

    private static ProgramResult Run(
        string script, IReadOnlyList<string>? arguments = null, TimeSpan? limit = null, CancellationToken cancellation = default) =>
        new ProgramRunner("/bin:/usr/bin").Run(
            "sh", ["-c", script.ReplaceLineEndings("\n"), "sh", .. arguments ?? []], limit ?? Minute, cancellation);
}
