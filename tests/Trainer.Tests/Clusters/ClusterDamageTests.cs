using System.Text.Json.Nodes;
using Trainer.Clusters;
using Trainer.Results;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Clusters;

/// <summary>Files of a submitted sweep that were cut off, emptied or changed: one line says which, or the file is passed over; the program
/// never ends by a defect.</summary>
[Trait("List", "cluster")]
public class ClusterDamageTests
{
    private static readonly string[] Contents = ["", "null", "{}", "[]", "7", "\"text\"", "\0\0\0\0", "{\"asked\":"];

    [TheoryOnUnix]
    [InlineData("plan.json")]
    [InlineData("cells/00001.jsonl")]
    [InlineData("submissions/1.json")]
    public async Task FileThatAllDependsOn_IsNamed_WhereItCannotBeRead(string name)
    {
        using ClusterTrial trial = await DamagedAsync();
        string path = Path.Combine(trial.Folder.Path, name);
        string text = await File.ReadAllTextAsync(path);
        foreach (string damage in Contents.Append(text[..(text.Length / 2)]))
        {
            await File.WriteAllTextAsync(path, damage);
            ProgramOutcome task = await trial.TaskAsync(2);
            Assert.True(task.Status is 1 or 2, $"task {damage}: {task.Status}");
            Assert.DoesNotContain("defect", task.OneErrorLine(), StringComparison.Ordinal);
            foreach (string verb in (string[])["status", "resume", "collect"])
            {
                // Where the results are, the plan and its cells say alone.
                if (verb == "collect" && name.StartsWith("sub", StringComparison.Ordinal))
                {
                    continue;
                }
                ProgramOutcome outcome = await trial.DoAsync(verb);
                Assert.True(outcome.Status is 1 or 2, $"{verb} {damage}: {outcome.Status}");
                Assert.Contains(name.StartsWith("cells", StringComparison.Ordinal) && damage.Length == 0 ? trial.Folder.Plan : path, outcome.OneErrorLine(), StringComparison.Ordinal);
                Assert.DoesNotContain("defect", outcome.Error, StringComparison.Ordinal);
                Assert.Equal("", outcome.Output);
            }
        }
        Assert.Single(trial.Calls("sbatch"));
        // What is to be done no more is marked first, whatever else there is to read.
        ProgramOutcome cancel = await trial.DoAsync("cancel");
        Assert.Contains(trial.Folder.Path, cancel.OneErrorLine(), StringComparison.Ordinal);
        Assert.DoesNotContain("defect", cancel.Error, StringComparison.Ordinal);
        await File.WriteAllTextAsync(path, text);
        Assert.Equal(name.StartsWith("cells", StringComparison.Ordinal), trial.Folder.Submission(1).Cancelled is not null);
        Assert.Equal(["done", "failed", "queued"], await trial.StandingsAsync());
    }

    [TheoryOnUnix]
    [InlineData("queue.json")]
    [InlineData("marks/00001/2.json")]
    public async Task FileThatOnlyTellsMore_IsPassedOver(string name)
    {
        using ClusterTrial trial = await DamagedAsync();
        string path = Path.Combine(trial.Folder.Path, name);
        string text = await File.ReadAllTextAsync(path);
        foreach (string damage in Contents.Append(text[..(text.Length / 2)]))
        {
            await File.WriteAllTextAsync(path, damage);
            Assert.Equal("done", (await trial.StandingsAsync())[0]);
            Assert.Equal("queued", (await trial.StandingsAsync())[2]);
        }
    }

    [TheoryOnUnix]
    [InlineData("status.json")]
    [InlineData("lease.json")]
    public async Task RunWhoseStatusOrLeaseCannotBeRead_IsUnfinished(string name)
    {
        using ClusterTrial trial = await DamagedAsync();
        trial.Unfinish(1, trial.Clock.Now);
        trial.Queue(1);
        trial.Clock.Now += ClusterSweep.Grace + TimeSpan.FromMinutes(1);
        foreach (string damage in Contents)
        {
            await File.WriteAllTextAsync(Path.Combine(trial.RunOf(1).Path, name), damage);
            string standing = (await trial.StandingsAsync())[0];
            Assert.True(standing is "lost", $"'{damage}': {standing}");
        }
    }

    [TheoryOnUnix]
    [InlineData("plan.json")]
    [InlineData("cells/00001.jsonl")]
    [InlineData("submissions/1.json")]
    [InlineData("queue.json")]
    [InlineData("marks/00001/2.json")]
    public async Task ValueThatWasChanged_IsOneLine_OrMakesNoDifference(string name)
    {
        using ClusterTrial trial = await DamagedAsync();
        string path = Path.Combine(trial.Folder.Path, name);
        string[] lines = name.EndsWith('l') ? await File.ReadAllLinesAsync(path) : [await File.ReadAllTextAsync(path)];
        var defects = new List<string>();
        if (name.StartsWith("sub", StringComparison.Ordinal))
        {
            // Lost cells are asked for by their submission's ids.
            trial.Queue(1);
            trial.Clock.Now += ClusterSweep.Grace;
            await trial.StandingsAsync();
        }
        foreach (string changed in Changes(lines[0]))
        {
            await File.WriteAllLinesAsync(path, [changed, .. lines[1..]]);
            foreach (string verb in name.StartsWith("plan", StringComparison.Ordinal) || name.StartsWith("cells", StringComparison.Ordinal) ? new[] { "status", "collect" } : ["status"])
            {
                ProgramOutcome outcome = await trial.DoAsync(verb, "--json");
                bool isGood = outcome.Status is 0 or 1 or 2 or 85 && outcome.Error.TrimEnd('\n').Split('\n').Length == 1
                    && !outcome.Error.Contains("defect", StringComparison.Ordinal);
                if (!isGood)
                {
                    defects.Add($"{verb}: {outcome.Status} {outcome.Error.TrimEnd()} for {changed.ReplaceLineEndings("")}");
                }
            }
        }
        Assert.True(defects.Count == 0, string.Join('\n', defects));
    }

    /// <summary>A sweep with a cell that is done, one that a task could not begin, and one that is queued, all of that asked and noted.</summary>
    private static async Task<ClusterTrial> DamagedAsync()
    {
        var trial = new ClusterTrial();
        await trial.LaunchedAsync("seeds: 1-3\n");
        await trial.DoneAsync(1);
        string mark = trial.Folder.Mark(2);
        Directory.CreateDirectory(Path.GetDirectoryName(mark)!);
        await File.WriteAllTextAsync(mark, JsonText.File(new TaskMark(1, "4711_2", "n1", trial.Clock.Now, IsStopped: false, "no such device")));
        trial.Queue(1, "4711_3|PENDING|Resources");
        Assert.Equal(["done", "failed", "queued"], await trial.StandingsAsync());
        File.Delete(trial.Slurm.State("squeue.answer"));
        return trial;
    }

    /// <summary>The object with one of its values, at any depth, replaced or left out.</summary>
    private static IEnumerable<string> Changes(string text)
    {
        string[] paths = [.. Values(JsonNode.Parse(text)!).Select(value => value.GetPath()).Distinct()];
        foreach (string path in paths)
        {
            foreach (string? value in (string?[])["null", "-1", "2147483647", "\"\"", "\"x\"", "[null]", null])
            {
                JsonNode root = JsonNode.Parse(text)!;
                JsonNode found = Values(root).First(node => node.GetPath() == path);
                if (value is not null)
                {
                    found.ReplaceWith(JsonNode.Parse(value));
                }
                else if (found.Parent is JsonObject parent)
                {
                    parent.Remove(found.GetPropertyName());
                }
                yield return root.ToJsonString();
            }
        }
    }

    private static IEnumerable<JsonNode> Values(JsonNode node) => (node switch
    {
        JsonObject values => values.Select(value => value.Value),
        JsonArray values => values,
        _ => [],
    }).OfType<JsonNode>().SelectMany(value => Values(value).Append(value));
}
