using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Engines.Gpu;
using Trainer.Engines.Reference;
using Trainer.Failures;

namespace Trainer.Devices;

/// <summary>How a command comes by devices and the engines on them.</summary>
/// <param name="Gpus">The devices behind a driver; a <see cref="DeviceException"/> says why there are none.</param>
/// <param name="CreateGpu">Makes the engine on the device of that number.</param>
/// <param name="CreateGpuSideBySide">Makes engines on it that wait for one another; null where each is made for itself.</param>
internal sealed record DeviceAccess(
    Func<GpuApi, IReadOnlyList<GpuDeviceInfo>> Gpus, Func<TrainingSetup, GpuApi, int, IEngine> CreateGpu,
    Func<IReadOnlyList<TrainingSetup>, GpuApi, int, IReadOnlyList<IEngine>>? CreateGpuSideBySide = null)
{
    /// <summary>The devices of this machine. Nothing of the GPU engine is loaded before somebody asks for one.</summary>
    public static DeviceAccess OfThisProcess() => new(
        api => GpuEngine.Devices(api),
        (setup, api, number) => GpuEngine.Create(setup, api, number),
        (setups, api, number) => GpuEngine.CreateSideBySide(setups, api, number));

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
        return OnGpu(() => CreateGpu(setup, gpu.Api, gpu.Info.Index));
    }

    /// <summary>Makes an engine for each of several runs that go on at the same time, each on a thread of its own.</summary>
    /// <param name="choice">Where. On a GPU they are trained side by side, see <see cref="GpuEngine.CreateSideBySide"/>: every
    /// engine has to be disposed of as soon as its run is over, for until then the others wait for it.</param>
    /// <param name="setups">What to train; for a GPU <see cref="GpuEngine.AreAlike"/>, and no more than
    /// <see cref="MostSideBySide"/>.</param>
    /// <param name="threads">Threads of each processor engine; 0 for one per core.</param>
    /// <exception cref="DeviceException">The device cannot be used after all, or has too little memory.</exception>
    public IReadOnlyList<IEngine> CreateSideBySide(DeviceChoice choice, IReadOnlyList<TrainingSetup> setups, int threads) =>
        choice.Gpu is { } gpu && CreateGpuSideBySide is { } create
            ? OnGpu(() => create(setups, gpu.Api, gpu.Info.Index))
            : CreateEach(choice, setups, threads);

    /// <summary>How many runs like <paramref name="setup"/>'s a GPU should train side by side; 1 on other devices, where each is
    /// faster by itself.</summary>
    public static int MostSideBySide(DeviceChoice choice, TrainingSetup setup) =>
        choice.Gpu is { } gpu ? GpuEngine.MostSideBySide(setup, gpu.Info) : 1;

    private IReadOnlyList<IEngine> CreateEach(DeviceChoice choice, IReadOnlyList<TrainingSetup> setups, int threads)
    {
        var engines = new List<IEngine>();
        try
        {
            foreach (TrainingSetup setup in setups)
            {
                engines.Add(Create(choice, setup, threads));
            }
            return engines;
        }
        catch
        {
            engines.ForEach(engine => engine.Dispose());
            throw;
        }
    }

    private static T OnGpu<T>(Func<T> create)
    {
        try
        {
            return create();
        }
        catch (DeviceException failure)
        {
            throw new DeviceException(WithMend(failure), failure);
        }
    }
}
