using System.Text.Json;
using Trainer.Devices;
using Trainer.Engines.Cpu;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Tests.Devices;

namespace Trainer.Tests.Commands;

/// <summary>Devices as a user of the program meets them, on machines of all kinds.</summary>
public class DeviceTests
{
    private static readonly DeviceAccess OneCard = TrialGpus.Cuda(TrialGpus.H100());

    [Theory]
    [InlineData("auto", "cpu", "auto: libcuda.so.1 not found")]
    [InlineData("cpu", "cpu", "asked for")]
    [InlineData("reference", "reference", "asked for")]
    public async Task Run_WithoutAGpu_SaysWhichDeviceAndWhy_OnTheTerminalAndInTheManifest(string asked, string device, string reason)
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig($"data: {{source: embedded}}\ndevice: {asked}"));
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Matches($"\nengine: {device}[^\n]* \\({reason}\\)\n", outcome.Output.ReplaceLineEndings("\n"));
        CheckManifest(trial, device, reason);
    }

    [Theory]
    [InlineData("auto", "auto: the first CUDA device that can be used; driver 12.4")]
    [InlineData("cuda", "asked for cuda, the first device that can be used; driver 12.4")]
    [InlineData("cuda:0", "asked for; driver 12.4")]
    public async Task Run_WithAGpu_SaysWhichDeviceAndWhy_AndIsTheSameRun(string asked, string reason)
    {
        using var trial = new ProgramTrial { Devices = OneCard };
        string config = trial.SmallConfig("data: {source: embedded}");
        ProgramOutcome outcome = await trial.TrainAsync(config, "--device", asked);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Contains($"({reason})", outcome.Output);
        CheckManifest(trial, "cuda:0", reason);
        Assert.Contains("already done", (await trial.TrainAsync(config, "--device", "cpu")).Output);
    }

    [Fact]
    public async Task Auto_OfARunThatIsDone_AsksNoDriver()
    {
        int asked = 0;
        DeviceAccess counting = TrialGpus.None with { Gpus = api => { asked++; return TrialGpus.None.Gpus(api); } };
        using var trial = new ProgramTrial { Devices = counting };
        string config = trial.SmallConfig("data: {source: embedded}");
        await trial.TrainAsync(config);
        Assert.Equal(1, asked);
        Assert.Contains("already done", (await trial.TrainAsync(config)).Output);
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("cuda")]
    public async Task Run_WhoseDeviceCannotBeOpened_EndsWithItsCode_AndLeavesAnEarlierResultAlone(string asked)
    {
        DeviceAccess full = TrialGpus.With([TrialGpus.H100()], null, _ => throw new DeviceException("cuda:0: out of memory: 3.0 GiB are needed"));
        using var trial = new ProgramTrial { Devices = full };
        string config = trial.SmallConfig("data: {source: embedded}");
        await trial.TrainAsync(config, "--device", "cpu");
        string[] before = Contents(trial);
        ProgramOutcome outcome = await trial.TrainAsync(config, "--force", "--device", asked);
        Assert.Equal(
            (4, "trainer: cuda:0: out of memory: 3.0 GiB are needed; use --device cpu, which gives the same numbers"),
            (outcome.Status, outcome.OneErrorLine()));
        Assert.Equal(before, Contents(trial));
    }

    [Fact]
    public async Task Run_WhoseDeviceIsLost_EndsWithItsCode_AndKeepsWhatWasRecorded()
    {
        DeviceAccess machine = TrialGpus.With([TrialGpus.H100()], null, setup => new LosingEngine(CpuEngine.Create(setup, threads: 1), epoch: 2));
        using var trial = new ProgramTrial { Devices = machine };
        string config = trial.SmallConfig("data: {source: embedded}");
        ProgramOutcome outcome = await trial.TrainAsync(config, "--device", "cuda");
        string message = $"{LosingEngine.Message}; {DeviceChoice.Mend}";
        Assert.Equal((4, $"trainer: {message}"), (outcome.Status, outcome.OneErrorLine()));
        string recorded = trial.Read("metrics.csv");
        Assert.Equal(3, recorded.TrimEnd('\n').Split('\n').Length);
        JsonElement status = Json(trial.Read("status.json"));
        Assert.Equal(
            ("failed", 1, message),
            (status.GetProperty("state").GetString(), status.GetProperty("epoch").GetInt32(), status.GetProperty("message").GetString()));
        Assert.Contains("Test accuracy after 1 epoch", trial.Read("curves.svg"));
        Assert.True(File.Exists(new RunFolder(trial.RunFolder()).LastWeights));
        // And the same experiment on another device goes on to give the same rows.
        await trial.TrainAsync(config, "--device", "cpu");
        Assert.StartsWith(recorded, trial.Read("metrics.csv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Info_ListsWhatDeviceMayName_AndWhatIsWrongWithTheRest()
    {
        using var trial = new ProgramTrial { Devices = TrialGpus.Cuda(TrialGpus.H100(), TrialGpus.Gt710(1)) };
        ProgramOutcome outcome = await trial.RunAsync("info");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        string[] lines = outcome.Output.ReplaceLineEndings("\n").Split('\n');
        Assert.Equal(
            [
                "devices    cuda:0 unless another is asked for (auto: the first CUDA device that can be used; driver 12.4)",
                "  cpu        this processor, with vectors and threads",
                "  cuda:0     NVIDIA H100 80GB HBM3, 79.2 GiB, driver 12.4",
                "  cuda:1     NVIDIA GeForce GT 710, 2.0 GiB, driver 12.4: compute capability 3.5; 5.0 is needed",
                "  opencl     libOpenCL.so.1 not found",
                "  reference  this processor, with plain loops: slow, there to be compared with",
            ],
            lines.SkipWhile(line => !line.StartsWith("devices", StringComparison.Ordinal)).Take(6));
    }

    [Fact]
    public async Task Info_ForMachines_ListsTheSame()
    {
        using var trial = new ProgramTrial { Devices = TrialGpus.Cuda(TrialGpus.Gt710()) };
        JsonElement info = Json((await trial.RunAsync("info", "--json")).Output);
        Assert.Equal("cpu", info.GetProperty("device").GetProperty("name").GetString());
        Assert.Equal(["cpu", "cuda:0", "opencl", "reference"], info.GetProperty("devices").EnumerateArray().Select(row => row.GetProperty("device").GetString()));
        Assert.Equal(
            """{"device":"cuda:0","name":"NVIDIA GeForce GT 710","memory_gib":2,"driver":"12.4","problem":"compute capability 3.5; 5.0 is needed"}""",
            info.GetProperty("devices")[1].GetRawText());
        Assert.Equal(
            """{"device":"opencl","name":null,"memory_gib":null,"driver":null,"problem":"libOpenCL.so.1 not found"}""",
            info.GetProperty("devices")[2].GetRawText());
    }

    [Fact]
    public async Task Help_AndCompletion_OfTheDevice_NameEveryEngine()
    {
        using var trial = new ProgramTrial();
        string page = (await trial.RunAsync("run", "--help")).Output;
        string completions = (await trial.RunAsync("[suggest:21]", "trainer run --device ")).Output;
        Assert.All(DeviceName.All, name => Assert.Contains(name, page));
        Assert.All(DeviceName.All, name => Assert.Contains(name, completions.Split(['\n', '\r'])));
    }

    [Fact]
    public void Manifest_OfAnEarlierVersion_IsReadAllTheSame_AndWhatATerminalWouldObeyIsWrittenOut()
    {
        const string Old = """
            {"format": 1, "software": {"trainer": "0.1.0", "commit": null, "runtime": ".NET", "operating_system": "Linux"},
             "hardware": {"processor": "EPYC", "cores": 2, "vector_bits": 512, "memory_gib": 8},
             "engine": "cpu, 2 threads\u001b[2J", "device_reason": "asked for", "data_set": "fashion-mnist", "data_hash": "00", "data_origin": "here",
             "command": ["trainer"], "started": "2025-01-01T00:00:00+00:00"}
            """;
        Manifest manifest = JsonText.Parse<Manifest>(Old)!;
        Assert.Equal((null, "asked for"), (manifest.Device, manifest.DeviceReason));
        Assert.Equal("cpu, 2 threads\\u001b[2J", manifest.Engine);
    }

    private static void CheckManifest(ProgramTrial trial, string device, string reason)
    {
        JsonElement manifest = Json(trial.Read("manifest.json"));
        Assert.Equal((device, reason), (manifest.GetProperty("device").GetString(), manifest.GetProperty("device_reason").GetString()));
    }

    /// <summary>Every file of the only run, with its content.</summary>
    private static string[] Contents(ProgramTrial trial) =>
    [
        .. Directory.GetFiles(trial.RunFolder(), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{file} {Convert.ToHexString(File.ReadAllBytes(file))}"),
    ];

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;
}
