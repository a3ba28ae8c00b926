using System.Text.Json;
using Trainer.Results;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Resuming;

/// <summary><c>trainer resume</c>, and <c>trainer run</c> where there is something to go on from.</summary>
public class ResumeCommandTests
{
    [Theory]
    [InlineData("run")]
    [InlineData("resume")]
    public async Task ARunThatLostItsDevice_GoesOnFromItsCheckpoint_WithTheBytesOfOneLeftAlone(string verb)
    {
        using LostRun run = await LostRun.MakeAsync();
        ProgramOutcome outcome = verb == "run" ? await run.AgainAsync() : await run.ResumeAsync("--device", "cpu", "--threads", "1");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Contains("goes on: from the checkpoint of epoch 6 ", outcome.Output);
        Assert.Equal(["6-0"], run.Continued);
        Assert.Equal(await LostRun.AloneAsync(), run.Bytes());
        ProgramOutcome again = await run.ResumeAsync();
        Assert.Equal((0, ""), (again.Status, again.Error));
        Assert.Contains("trial: already done, nothing to do", again.Output);
        Assert.Equal(["6-0"], run.Continued);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ARunWithoutACheckpoint_BeginsAtTheBeginning(bool hasBegun)
    {
        using LostRun run = await LostRun.MakeAsync();
        if (hasBegun)
        {
            run.Checkpoints.ToList().ForEach(place => place.Delete());
        }
        else
        {
            // As a process leaves it that was ended right behind its first file.
            string config = File.ReadAllText(run.Folder.Config);
            Directory.Delete(run.Folder.Path, recursive: true);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(run.Program.Results, "trial", "x-s1", "config.yaml"))!);
            File.WriteAllText(Path.Combine(run.Program.Results, "trial", "x-s1", "config.yaml"), config);
        }
        ProgramOutcome outcome = await run.ResumeAsync("--device", "cpu");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.DoesNotContain("goes on", outcome.Output);
        Assert.Empty(run.Continued);
        Assert.Equal(await LostRun.AloneAsync(), run.Bytes());
    }

    [Fact]
    public async Task AFolderThatIsNoRun_OrIsNotThere_IsSaidToBeNone()
    {
        using var trial = new ProgramTrial();
        Directory.CreateDirectory(trial.In("empty"));
        ProgramOutcome empty = await trial.RunAsync("resume", trial.In("empty"));
        Assert.Equal((2, $"trainer: {trial.In("empty")}: no run in it (no metrics.csv); start one with 'trainer run CONFIG'"), (empty.Status, empty.OneErrorLine()));
        ProgramOutcome none = await trial.RunAsync("resume", trial.In("none"));
        Assert.Equal((2, $"trainer: {trial.In("none")}: no such folder; give the folder of a run, as 'trainer run' prints it"), (none.Status, none.OneErrorLine()));
        ProgramOutcome elsewhere = await trial.RunAsync("resume", trial.In("empty"), "--checkpoints", trial.In("none"));
        Assert.Equal(2, elsewhere.Status);
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "a bit of the arrays", "state-6-0.safetensors: not the file that was written: its hash is another" },
        { "the arrays cut", "state-6-0.safetensors: not the file that was written: it has 1000 bytes" },
        { "no arrays", "state-6-0.safetensors: cannot be read" },
        { "the description cut", "state-6-0.json: is not the description of a checkpoint" },
        { "a description of zeros", "state-6-0.json: is not the description of a checkpoint" },
        { "a digit of the description", "state-6-0.json: not the file that was written: its hash is another" },
        { "another run's", "state-6-0.json: is of another run" },
        { "another epoch's", "state-6-0.json: does not go with its name" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task ACheckpointThatIsDamaged_IsSaidToBe_AndTheOneBeforeItIsTaken(string damage, string problem)
    {
        using LostRun run = await LostRun.MakeAsync();
        await DamageAsync(run, damage);
        ProgramOutcome outcome = await run.AgainAsync();
        Assert.Equal(0, outcome.Status);
        Assert.Contains(problem, outcome.OneErrorLine());
        Assert.Equal(["3-0"], run.Continued);
        Assert.Equal(await LostRun.AloneAsync(), run.Bytes());
    }

    [Fact]
    public async Task ACheckpointOfAnotherVersion_IsLeftToThatVersion_AndNothingIsThrownAway()
    {
        using LostRun run = await LostRun.MakeAsync();
        await DamageAsync(run, "a later format");
        SortedDictionary<string, string> before = run.Bytes();
        ProgramOutcome outcome = await run.AgainAsync();
        Assert.Equal(2, outcome.Status);
        Assert.Contains("state-6-0.json: was written by another version of this program (format 99, known is 1)", outcome.OneErrorLine());
        Assert.Equal(before, run.Bytes());
        Assert.Equal(0, (await run.AgainAsync("--force")).Status);
        Assert.Equal(await LostRun.AloneAsync(), run.Bytes());
    }

    [Fact]
    public async Task AChangedConfiguration_IsNoConfigurationOfThisRun_AndNothingIsThrownAway()
    {
        using LostRun run = await LostRun.MakeAsync();
        string config = File.ReadAllText(run.Folder.Config);
        File.WriteAllText(run.Folder.Config, config.Replace("batch_size: ", "batch_size: 1", StringComparison.Ordinal));
        SortedDictionary<string, string> before = run.Bytes();
        ProgramOutcome outcome = await run.ResumeAsync("--device", "cpu");
        Assert.Equal(2, outcome.Status);
        Assert.Contains($"{run.Folder.Config}: is the configuration of ", outcome.OneErrorLine());
        Assert.Equal(before, run.Bytes());
    }

    [Fact]
    public async Task AnotherFolderForCheckpoints_ThatHasNone_IsRefused_AndNothingIsThrownAway()
    {
        using LostRun run = await LostRun.MakeAsync();
        SortedDictionary<string, string> before = run.Bytes();
        Directory.CreateDirectory(run.Program.In("none"));
        ProgramOutcome outcome = await run.ResumeAsync("--checkpoints", run.Program.In("none"));
        Assert.Equal((2, $"trainer: --checkpoints: {run.Program.In("none")}: no checkpoint in it (no state-*.json)"), (outcome.Status, outcome.OneErrorLine()));
        Assert.Equal(before, run.Bytes());
    }

    [Fact]
    public async Task ALostManifest_IsMadeAnew_AndTheRunGoesOn()
    {
        using LostRun run = await LostRun.MakeAsync();
        File.Delete(run.Folder.Manifest);
        Assert.Equal(0, (await run.ResumeAsync("--device", "cpu")).Status);
        Assert.Equal(await LostRun.AloneAsync(), run.Bytes());
    }

    [Fact]
    public async Task WhereAllCheckpointsAreDamaged_TheRunBeginsAgain_AndSaysSo()
    {
        using LostRun run = await LostRun.MakeAsync();
        foreach (CheckpointPlace place in run.Checkpoints)
        {
            Flip(place.Arrays);
        }
        ProgramOutcome outcome = await run.ResumeAsync("--device", "cpu");
        string[] lines = outcome.Error.TrimEnd('\n').Split('\n');
        Assert.Equal((0, 3), (outcome.Status, lines.Length));
        Assert.Contains("state-6-0.safetensors", lines[0]);
        Assert.Contains("state-3-0.safetensors", lines[1]);
        Assert.Equal($"trainer: {run.Folder.Path}: none of its checkpoints can be used, so the run begins again", lines[2].TrimEnd('\r'));
        Assert.Empty(run.Continued);
        Assert.Equal(await LostRun.AloneAsync(), run.Bytes());
    }

    [Theory]
    [InlineData("metrics.csv", 9)]
    [InlineData("diagnostics/network.csv", 10)]
    public async Task ALineBehindTheCheckpoint_ThatIsNotWhatTheRunGives_EndsIt_NamesTheLine_AndStays(string file, int number)
    {
        using LostRun run = await LostRun.MakeAsync();
        string path = Path.Combine(run.Folder.Path, file);
        string[] lines = File.ReadAllLines(path);
        string[] fields = lines[number - 1].Split(',');
        fields[^2] = "0.5";
        lines[number - 1] = string.Join(',', fields);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        ProgramOutcome outcome = await run.AgainAsync();
        Assert.Equal(6, outcome.Status);
        Assert.Contains($"{path}({number}): was recorded as {lines[number - 1]} and is now ", outcome.OneErrorLine());
        Assert.Equal(lines, File.ReadAllLines(path));
        Assert.Equal(0, (await run.AgainAsync("--force")).Status);
        Assert.Equal(await LostRun.AloneAsync(), run.Bytes());
    }

    [Theory]
    [InlineData("metrics.csv", 9, "6-0")]
    [InlineData("metrics.csv", 5, "3-0")]
    [InlineData("timing.csv", 9, "6-0")]
    [InlineData("timing.csv", 6, "3-0")]
    [InlineData("diagnostics/layers.csv", 24, "6-0")]
    [InlineData("diagnostics/layers.csv", 20, "3-0")]
    [InlineData("tensorboard/events.out.tfevents.0.trainer", 9, "6-0")]
    [InlineData("tensorboard/events.out.tfevents.0.trainer", 6, "3-0")]
    public async Task AFileThatWasCutOff_IsFilledUp_FromACheckpointThatItReaches(string file, int pieces, string place)
    {
        using LostRun run = await LostRun.MakeAsync();
        Cut(Path.Combine(run.Folder.Path, file), pieces);
        ProgramOutcome outcome = await run.AgainAsync();
        Assert.Equal(0, outcome.Status);
        Assert.Equal([place], run.Continued);
        Assert.Equal(place == "6-0" ? "" : $"trainer: {Path.Combine(run.Folder.Checkpoints, "state-6-0.json")}: not used, because {Path.Combine(run.Folder.Path, file)} does not have all that was recorded up to epoch 6\n", outcome.Error.ReplaceLineEndings("\n"));
        Assert.Equal(await LostRun.AloneAsync(), run.Bytes());
    }

    [Fact]
    public async Task ACompleteRun_WhoseEndWasCutOff_IsSettled()
    {
        using LostRun run = await LostRun.MakeAsync();
        byte[][] kept = [.. new[] { run.Checkpoints[0].Arrays, run.Checkpoints[0].Description }.Select(File.ReadAllBytes)];
        Assert.Equal(0, (await run.AgainAsync()).Status);
        SortedDictionary<string, string> complete = run.Bytes();
        // As a process leaves it that was ended right behind its summary.
        File.WriteAllBytes(Path.Combine(run.Folder.Checkpoints, "state-6-0.safetensors"), kept[0]);
        File.WriteAllBytes(Path.Combine(run.Folder.Checkpoints, "state-6-0.json"), kept[1]);
        File.WriteAllText(Path.Combine(run.Folder.Path, ".status.json.0.tmp"), "{");
        File.WriteAllText(run.Folder.Status, File.ReadAllText(run.Folder.Status).Replace("completed", "running", StringComparison.Ordinal));
        File.Delete(run.Folder.Curves);
        ProgramOutcome outcome = await run.AgainAsync();
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Contains("already done", outcome.Output);
        Assert.Equal(complete, run.Bytes());
        JsonElement status = JsonDocument.Parse(File.ReadAllText(run.Folder.Status)).RootElement;
        Assert.Equal(("completed", 10), (status.GetProperty("state").GetString(), status.GetProperty("epoch").GetInt32()));
    }

    [Fact]
    public async Task ATraceOfFirstSteps_ThatAreLongDone_BeginsTheRunAgain_AndThatIsSaid()
    {
        using LostRun run = await LostRun.MakeAsync();
        ProgramOutcome outcome = await run.AgainAsync("--trace", "1");
        Assert.Equal(0, outcome.Status);
        Assert.Contains("state-6-0.json: not used, because the first steps are to be traced", outcome.OneErrorLine());
        Assert.Empty(run.Continued);
    }

    private static async Task DamageAsync(LostRun run, string damage)
    {
        CheckpointPlace newest = run.Checkpoints[0];
        string description = File.ReadAllText(newest.Description);
        switch (damage)
        {
            case "a bit of the arrays":
                Flip(newest.Arrays);
                break;
            case "the arrays cut":
                File.WriteAllBytes(newest.Arrays, File.ReadAllBytes(newest.Arrays)[..1000]);
                break;
            case "no arrays":
                File.Delete(newest.Arrays);
                break;
            case "the description cut":
                File.WriteAllText(newest.Description, description[..^20]);
                break;
            case "a description of zeros":
                File.WriteAllBytes(newest.Description, new byte[description.Length]);
                break;
            case "a digit of the description":
                File.WriteAllText(newest.Description, description.Replace("\"seconds\": ", "\"seconds\": 1", StringComparison.Ordinal));
                break;
            case "a later format":
                File.WriteAllText(newest.Description, description.Replace("\"format\": 1", "\"format\": 99", StringComparison.Ordinal));
                break;
            case "another run's":
                using (LostRun other = await LostRun.MakeAsync("--seed", "2"))
                {
                    File.Copy(other.Checkpoints[0].Arrays, newest.Arrays, overwrite: true);
                    File.Copy(other.Checkpoints[0].Description, newest.Description, overwrite: true);
                }
                break;
            default:
                File.Copy(run.Checkpoints[1].Arrays, newest.Arrays, overwrite: true);
                File.Copy(run.Checkpoints[1].Description, newest.Description, overwrite: true);
                break;
        }
    }

    private static void Flip(string file)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^5] ^= 1;
        File.WriteAllBytes(file, bytes);
    }

    /// <summary>Leaves so many lines or records, and half of the next.</summary>
    private static void Cut(string file, int pieces)
    {
        byte[] bytes = File.ReadAllBytes(file);
        int end = 0;
        if (file.Contains("tfevents", StringComparison.Ordinal))
        {
            IReadOnlyList<byte[]> records = Trainer.TensorBoard.EventRecord.Whole(bytes);
            end = records.Take(pieces).Sum(record => record.Length);
        }
        else
        {
            for (int piece = 0; piece < pieces; piece++)
            {
                end += bytes.AsSpan(end).IndexOf((byte)'\n') + 1;
            }
        }
        Assert.InRange(end, 1, bytes.Length - 10);
        File.WriteAllBytes(file, bytes[..(end + 9)]);
    }
}
