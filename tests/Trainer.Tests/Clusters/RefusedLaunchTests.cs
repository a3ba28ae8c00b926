using Trainer.Clusters;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Clusters;

/// <summary><c>trainer sweep --launcher slurm</c>: what is refused, and what is left alone.</summary>
public class RefusedLaunchTests
{
    [FactOnUnix]
    public async Task ARefusedSubmission_IsNone_AndOtherOptionsCount()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("refuse.sbatch", "sbatch: error: invalid partition specified: shirt");
        ProgramOutcome refused = await trial.LaunchAsync(ClusterTrial.Six, "--partition", "shirt");
        Assert.Equal(1, refused.Status);
        Assert.Contains("invalid partition specified: shirt", refused.OneErrorLine(), StringComparison.Ordinal);
        Assert.Empty(Assert.Single(trial.Folder.AllSubmissions()).Parts);
        File.Delete(trial.Slurm.State("refuse.sbatch"));
        Assert.Equal("short", (await trial.LaunchedAsync(ClusterTrial.Six, "--partition", "short")).Settings.Partition);
    }

    [FactOnUnix]
    public async Task WithoutAController_NothingIsWritten()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("down");
        ProgramOutcome outcome = await trial.LaunchAsync();
        Assert.Equal(1, outcome.Status);
        Assert.Contains("scontrol", outcome.OneErrorLine(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(trial.Sweep.Program.Results));
    }

    [FactOnUnix]
    public async Task WithoutSlurm_OneLineSaysSo()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Remove("scontrol");
        ProgramOutcome outcome = await trial.LaunchAsync();
        Assert.Equal(1, outcome.Status);
        Assert.Contains("scontrol: not found on the PATH", outcome.OneErrorLine(), StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task OtherCells_WaitUntilNothingOfTheOldOnesIsQueued()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        ProgramOutcome more = await trial.LaunchAsync("seeds: 1-9\n");
        Assert.Equal(2, more.Status);
        Assert.Contains("are still queued or at work", more.OneErrorLine(), StringComparison.Ordinal);
        Assert.Equal(6, new PlanFiles(trial.Folder).Plan().Cells);

        await trial.DoAsync("cancel");
        Submission submission = await trial.LaunchedAsync("seeds: 1-9\n");
        Assert.Equal(2, submission.Number);
        Assert.Equal("1-9", submission.Cells);
        Assert.Equal(1, (await trial.TaskAsync(1, submission: 1)).Status);
        Assert.Equal(9, new PlanFiles(trial.Folder).Plan().Cells);
    }

    [FactOnUnix]
    public async Task TheSameSweep_FromAnotherPlace_IsTheSame()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        string elsewhere = Directory.CreateDirectory(trial.Sweep.Program.In("elsewhere")).FullName;
        File.Copy(trial.Sweep.Program.In("base.yaml"), Path.Combine(elsewhere, "base.yaml"));
        File.Copy(trial.Sweep.Program.In("s.yaml"), Path.Combine(elsewhere, "t.yaml"));
        ProgramOutcome again = await trial.Sweep.Program.RunAsync(
            "sweep", Path.Combine(elsewhere, "t.yaml"), "--out", trial.Sweep.Program.Results, "--launcher", "slurm");
        Assert.Equal(0, again.Status);
        Assert.Single(trial.Calls("sbatch"));
    }

    [FactOnUnix]
    public async Task WhatWasRefused_IsNotAskedForAgain()
    {
        using var trial = new ClusterTrial();
        trial.Slurm.Tell("refuse.sbatch", "sbatch: error: invalid partition specified: shirt");
        Assert.Contains("nothing was submitted", (await trial.LaunchAsync(ClusterTrial.Six, "--partition", "shirt")).OneErrorLine(), StringComparison.Ordinal);
        File.Delete(trial.Slurm.State("refuse.sbatch"));
        ProgramOutcome resumed = await trial.DoAsync("resume");
        Assert.True(resumed.Status == 0, resumed.Error);
        Assert.Null(trial.Folder.AllSubmissions()[^1].Settings.Partition);
    }

    [FactOnUnix]
    public async Task ALocalSweep_BesideItsTasks_SaysSo()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-2\n");
        ProgramOutcome local = await trial.Sweep.RunAsync("seeds: 1-2\n");
        Assert.Equal(0, local.Status);
        Assert.Contains("was submitted to a cluster; what its tasks have not begun is trained here", local.OneErrorLine(), StringComparison.Ordinal);
        Assert.Contains("already done", (await trial.TaskAsync(1)).Output, StringComparison.Ordinal);
    }

    [FactOnUnix]
    public async Task SomebodyElses_Sweep_IsLookedAt_AndLeftAlone()
    {
        using var trial = new ClusterTrial();
        await trial.LaunchedAsync();
        string plan = await File.ReadAllTextAsync(trial.Folder.Plan);
        await File.WriteAllTextAsync(trial.Folder.Plan, plan.Replace("\"user\": \"ada\"", "\"user\": \"eve\"", StringComparison.Ordinal));
        foreach (ProgramOutcome outcome in new[] { await trial.LaunchAsync(), await trial.DoAsync("resume"), await trial.DoAsync("cancel") })
        {
            Assert.Equal(2, outcome.Status);
            Assert.Contains("was submitted by eve, and you are ada", outcome.OneErrorLine(), StringComparison.Ordinal);
        }
        Assert.Equal(0, (await trial.DoAsync("status")).Status);
        Assert.Contains("|--user=eve|", trial.Calls("squeue")[^1], StringComparison.Ordinal);
    }

    [TheoryOnUnix]
    [InlineData("1", true)]
    [InlineData("2:30", true)]
    [InlineData("3", false)]
    [InlineData("0-1", false)]
    [InlineData("UNLIMITED", false)]
    public async Task ATimeInWhichNothingCanBeDone_IsRefused(string time, bool isRefused)
    {
        using var trial = new ClusterTrial();
        ProgramOutcome outcome = await trial.LaunchAsync(ClusterTrial.Six, "--time", time, "--dry-run");
        Assert.Equal(isRefused ? 2 : 0, outcome.Status);
        Assert.Equal(isRefused, outcome.Error.Contains("which leaves it nothing to work in", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("30", 1800)]
    [InlineData("1:30", 90)]
    [InlineData("1:00:05", 3605)]
    [InlineData("2-12", 216_000)]
    [InlineData("1-0:30", 88_200)]
    [InlineData("1-00:00:01", 86_401)]
    [InlineData("0", null)]
    [InlineData("infinite", null)]
    public void Times_AreThoseOfSlurm(string text, int? seconds) => Assert.Equal(seconds, ClusterTime.Seconds(text));

    [FactOnUnix]
    public async Task DryRun_PrintsTheScript_AsksNobody_AndWritesNothing()
    {
        using var trial = new ClusterTrial();
        ProgramOutcome outcome = await trial.LaunchAsync(ClusterTrial.Six, "--partition", "short", "--dry-run");
        Assert.Equal(0, outcome.Status);
        Assert.StartsWith("#!/bin/sh\n#SBATCH --job-name=s-", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("\n#SBATCH --partition=short\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("6 cells, 6 to submit", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(trial.Slurm.Calls);
        Assert.False(Directory.Exists(trial.Sweep.Program.Results));
    }

    [TheoryOnUnix]
    [InlineData("--threads 2", "--threads does nothing with --launcher")]
    [InlineData("--jobs 2", "--jobs does nothing with --launcher")]
    [InlineData("--retry", "--retry does nothing with --launcher")]
    [InlineData("--force", "--force does nothing with --launcher")]
    [InlineData("--json", "--json does nothing with --launcher")]
    public async Task OptionsOfALocalSweep_AreRefused(string option, string problem)
    {
        using var trial = new ClusterTrial();
        ProgramOutcome outcome = await trial.LaunchAsync(ClusterTrial.Six, option.Split(' '));
        Assert.Equal(2, outcome.Status);
        Assert.Contains(problem, outcome.OneErrorLine(), StringComparison.Ordinal);
        Assert.Empty(trial.Slurm.Calls);
    }

    [FactOnUnix]
    public async Task AHalving_IsRefused()
    {
        using var trial = new ClusterTrial();
        ProgramOutcome outcome = await trial.LaunchAsync("set: {data.validation: 20}\nhalving: {rungs: [1, 2]}\n");
        Assert.Equal(2, outcome.Status);
        Assert.Contains("halving: needs the results of each rung before the next", outcome.OneErrorLine(), StringComparison.Ordinal);
    }
}
