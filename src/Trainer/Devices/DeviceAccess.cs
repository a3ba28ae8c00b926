using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Engines.Gpu;
using Trainer.Engines.Reference;
using Trainer.Failures;

namespace Trainer.Devices;

/// <summary>How a command comes by devices and the engines on them.</summary>
/// <param name="Gpus">The devices behind a driver; a <see cref="DeviceException"/> says why there are none.</param>
/// <param name="CreateGpu">Makes the engine on the device of that number.</param>
internal sealed record DeviceAccess(
    Func<GpuApi, IReadOnlyList<GpuDeviceInfo>> Gpus, Func<TrainingSetup, GpuApi, int, IEngine> CreateGpu)
{
    /// <summary>The devices of this machine. Nothing of the GPU engine is loaded before somebody asks for one.</summary>
    public static DeviceAccess OfThisProcess() => new(
        api => GpuEngine.Devices(api),
        (setup, api, number) => GpuEngine.Create(setup, api, number));

    /// <summary>What an engine said of its device, and the way out.</summary>
    public static string WithMend(DeviceException failure) => $"{failure.Message}; {DeviceChoice.Mend}";

    /// <summary>Lists the devices behind a driver; one that is missing or broken is an answer, not a failure.</summary>
    public GpuListing List(GpuApi api)
    {
        try
        {
            GpuDevice[] devices = [.. Gpus(api).Select(info => new GpuDevice(api, info))];
            return new GpuListing(api, devices, devices.Length == 0 ? "the driver knows no device" : null);
        }
        catch (DeviceException failure)
        {
            return new GpuListing(api, [], failure.Message);
        }
    }

    /// <summary>Makes the engine that was chosen.</summary>
    /// <param name="choice">Which.</param>
    /// <param name="setup">What to train.</param>
    /// <param name="threads">Threads of the processor engine; 0 for one per core.</param>
    /// <exception cref="DeviceException">The device cannot be used after all, or has too little memory. The processor does
    /// not step in: who waits for a GPU's speed wants to know.</exception>
    public IEngine Create(DeviceChoice choice, TrainingSetup setup, int threads)
    {
        if (choice.Gpu is not { } gpu)
        {
            return choice.Name == DeviceName.Reference ? ReferenceEngine.Create(setup) : CpuEngine.Create(setup, threads);
        }
        try
        {
            return CreateGpu(setup, gpu.Api, gpu.Info.Index);
        }
        catch (DeviceException failure)
        {
            throw new DeviceException(WithMend(failure), failure);
        }
    }
}
