using System.Net;
using System.Text.Json;
using Trainer.Results;
using Trainer.Tests.Catalogs;
using Trainer.Watch;
using static Trainer.Tests.Watch.WatchClient;

namespace Trainer.Tests.Watch;

/// <summary>What the server behind <c>trainer watch</c> says of runs while they come, grow and go.</summary>
public class WatchedRunsTests
{
    [Fact]
    public async Task Curves_AreTheColumnsThatTheRunHas()
    {
        using var runs = new WrittenRuns();
        string id = Id(runs, runs.Write(WrittenRuns.Sample(), accuracies: [0.1, double.NaN, 0.6]));
        await using WatchServer server = await Start(runs.Root);
        Assert.Equal(id, (await ListedRuns(server)).EnumerateArray().Single().GetProperty("id").GetString());
        string json = await Http.GetStringAsync(new Uri(server.Address, $"/api/curves?run={Uri.EscapeDataString(id)}"));
        Assert.Equal($$$"""{"id":"{{{id}}}","epochs":[0,1,2],"columns":{"lr":[null,0.1,0.1],"test_loss":[0.9,null,0.4],"test_accuracy":[0.1,null,0.6]}}""", json);
    }

    [Fact]
    public async Task Runs_ComeGrowAndGo()
    {
        using var runs = new WrittenRuns();
        await using WatchServer server = await Start(runs.Root);
        Assert.Empty((await ListedRuns(server)).EnumerateArray());

        RunFolder folder = runs.Write(WrittenRuns.Sample(), RunState.Running, [0.1, 0.5]);
        string id = Id(runs, folder);
        Assert.Equal("broken-off", (await Until(server, list => list.GetArrayLength() == 1))[0].GetProperty("state").GetString());
        using (new RunLock(folder))
        {
            await Until(server, list => list[0].GetProperty("state").GetString() == "at-work");
        }

        // Half a line does not count, and neither does a file that is being written.
        File.AppendAllText(folder.Metrics, "2,20,0.1,,,,,,");
        File.WriteAllText(Path.Combine(folder.Path, ".status.json.0.tmp"), "{");
        Assert.Equal(0.5, Accuracy(await Until(server, list => list[0].GetProperty("version").GetString() is { } now && now.Length > 0)));
        File.AppendAllText(folder.Metrics, ",0.3,0.7,d\n");
        await Until(server, list => Accuracy(list) == 0.7);
        Assert.Contains("0.7]", await Http.GetStringAsync(new Uri(server.Address, $"/api/curves?run={id}")));

        Directory.Delete(folder.Path, recursive: true);
        using HttpResponseMessage gone = await Http.GetAsync(new Uri(server.Address, $"/api/curves?run={id}"));
        Assert.True(gone.StatusCode is HttpStatusCode.NotFound || await gone.Content.ReadAsStringAsync() == $$$"""{"id":"{{{id}}}","epochs":[],"columns":{}}""");
        await Until(server, list => list.GetArrayLength() == 0);
        Directory.Delete(runs.Root, recursive: true);
        Assert.Empty((await Until(server, list => list.GetArrayLength() == 0)).EnumerateArray());

        static double Accuracy(JsonElement list) => list[0].GetProperty("last").GetProperty("test_accuracy").GetDouble();
    }

    [Theory]
    [InlineData("status.json", "{\"state\": \"ru")]
    [InlineData("status.json", null)]
    [InlineData("config.yaml", "")]
    [InlineData("manifest.json", null)]
    [InlineData("metrics.csv", "epoch,st")]
    [InlineData("metrics.csv", "nonsense\n1\n")]
    public async Task RunThatCannotBeRead_IsTold_AndTheRestIsThere(string file, string? content)
    {
        using var runs = new WrittenRuns();
        RunFolder broken = runs.Write(WrittenRuns.Sample("broken"));
        runs.Write(WrittenRuns.Sample("whole"));
        string path = Path.Combine(broken.Path, file);
        File.Delete(path);
        if (content is not null)
        {
            File.WriteAllText(path, content);
        }
        await using WatchServer server = await Start(runs.Root);
        using var list = JsonDocument.Parse(await Http.GetStringAsync(new Uri(server.Address, "/api/runs")));
        Assert.Equal(["whole"], list.RootElement.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("name").GetString()));
        Assert.Contains(file, Assert.Single(list.RootElement.GetProperty("problems").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Question_WhoseAnswerIsTheOldOne_Gets304_AndANewOneOnceSomethingChanges()
    {
        using var runs = new WrittenRuns();
        RunFolder folder = runs.Write(WrittenRuns.Sample(), RunState.Running);
        await using WatchServer server = await Start(runs.Root);
        using HttpResponseMessage first = await Http.GetAsync(new Uri(server.Address, "/api/runs"));
        string mark = first.Headers.ETag!.ToString();
        Assert.Equal(HttpStatusCode.NotModified, await Ask());
        await Task.Delay(600);
        Assert.Equal(HttpStatusCode.NotModified, await Ask());
        CsvFile.Append(folder.Metrics, WrittenRuns.Row(3, 0.75), lasting: false);
        await Until(server, list => list[0].GetProperty("last").GetProperty("epoch").GetInt32() == 3);
        Assert.Equal(HttpStatusCode.OK, await Ask());

        async Task<HttpStatusCode> Ask()
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/api/runs"));
            request.Headers.TryAddWithoutValidation("If-None-Match", mark);
            using HttpResponseMessage response = await Http.SendAsync(request);
            return response.StatusCode;
        }
    }
}
