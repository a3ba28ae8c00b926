using System.Text.Json;
using Trainer.Devices;
using Trainer.Engines.Cpu;
using Trainer.Engines.Gpu;
using Trainer.Tests.Commands;
using Trainer.Tests.Devices;
using Trainer.Tests.Engines.Gpu;
using Trainer.Tests.Sweeps;

namespace Trainer.Tests.Resuming;

/// <summary>Runs that go on elsewhere.</summary>
public class ResumeOnDevicesTests
{
    [FactNeedingOpenCl]
    public async Task ARun_GoesFromTheProcessorToOpenCl_AndBack_WithTheBytesOfOneLeftAlone()
    {
        int made = 0;
        var devices = new DeviceAccess(api => GpuEngine.Devices(api), (setup, api, number) => made++ == 0
            ? new LosingEngine(CpuEngine.Create(setup, 1), epoch: 5)
            : new LosingEngine(GpuEngine.Create(setup, api, number), epoch: 9));
        string openCl = $"opencl:{TestDevices.OpenCl.Index}";
        using LostRun run = await LostRun.OnAsync(openCl, devices);
        Assert.Equal(4, (await run.ResumeAsync("--device", openCl)).Status);
        Assert.Equal(0, (await run.ResumeAsync("--device", "cpu")).Status);
        Assert.Equal(["3-0", "6-0"], run.Continued);
        Assert.Equal(await LostRun.AloneAsync(), run.Bytes());
    }

    [FactNeedingOpenCl]
    public async Task CellsSideBySide_ThatWereLostAtDifferentPlaces_GoOnThere_WithTheBytesOfEachAlone()
    {
        const string cells = "set: {epochs: 9, optimizer: {name: adam, lr: 0.01}, model.dropout: 0.2, ema.decay: 0.9, checkpoint: {epochs: 2, minutes: 0}}\nseeds: 1-4\n";
        using var alone = new SweepTrial();
        Assert.Equal(0, (await alone.RunAsync(cells)).Status);
        string devices = $"opencl:{TestDevices.OpenCl.Index}";
        bool isFirst = true;
        using var trial = new SweepTrial(devices: new DeviceAccess(
            api => GpuEngine.Devices(api),
            (setup, api, number) => GpuEngine.Create(setup, api, number),
            (setups, api, number) =>
            {
                bool loses = isFirst;
                isFirst = false;
                return [.. GpuEngine.CreateSideBySide(setups, api, number).Select((engine, k) => loses ? new LosingEngine(engine, epoch: 2 + (2 * k)) : engine)];
            }));
        Assert.Equal(1, (await trial.RunAsync(cells, "--device", devices)).Status);
        ProgramOutcome outcome = await trial.RunAsync(cells, "--device", devices, "--retry");
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Equal(["", "2-0", "4-0", "6-0"], trial.Files("manifest.json").Values.Select(Continued));
        Assert.Equal(alone.Files("metrics.csv"), trial.Files("metrics.csv"));
        Assert.Equal(alone.Files("summary.json"), trial.Files("summary.json"));
    }

    private static string Continued(string manifest) => JsonDocument.Parse(manifest).RootElement.TryGetProperty("continued", out JsonElement all)
        ? string.Join(' ', all.EnumerateArray().Select(one => $"{one.GetProperty("epoch")}-{one.GetProperty("step")}"))
        : "";
}
