using Trainer.Engines.Gpu.Cuda;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Engines.Gpu.OpenCl;
using Trainer.Engines.Joint;
using Trainer.Failures;

namespace Trainer.Engines.Gpu;

/// <summary>The engine for GPUs: the same kernels below CUDA and OpenCL, and the same bits as every other engine.</summary>
public static class GpuEngine
{
    /// <summary>The devices behind <paramref name="api"/>, usable or not; GPUs before other devices.</summary>
    /// <exception cref="DeviceException">The driver is not there or does not work; the message is the reason, short enough to
    /// stand behind a colon: "libcuda.so.1 not found".</exception>
    public static IReadOnlyList<GpuDeviceInfo> Devices(GpuApi api) => DriverOf(api).Devices();

    /// <summary>An engine for <paramref name="setup"/> on a device.</summary>
    /// <param name="setup">What to train.</param>
    /// <param name="api">Its driver.</param>
    /// <param name="device">Its <see cref="GpuDeviceInfo.Index"/> among <see cref="Devices"/>.</param>
    /// <exception cref="ArgumentException">The setup contradicts itself.</exception>
    /// <exception cref="DeviceException">The device cannot be used, has too little memory, or computes other bits.</exception>
    public static IEngine Create(TrainingSetup setup, GpuApi api, int device) => Create(setup, DriverOf(api), device);

    /// <summary>
    /// An engine for each of several networks that one device trains side by side: one small network leaves most of a card idle.
    /// </summary>
    /// <param name="setups">What to train: <see cref="AreAlike"/>, and no more than <see cref="MostSideBySide"/>.</param>
    /// <param name="api">The device's driver.</param>
    /// <param name="device">Its <see cref="GpuDeviceInfo.Index"/> among <see cref="Devices"/>.</param>
    /// <returns>
    /// The engines, each to be used by a thread of its own. Their <see cref="IEngine.Train"/> and <see cref="IEngine.Evaluate"/>
    /// wait for one another: the device computes when all engines that are not yet disposed of have been called. So all runs have
    /// to go on at the same time, and each has to dispose of its engine as soon as it is over. The results are those of each engine
    /// alone, whatever the others do; a device that fails fails them all.
    /// </returns>
    /// <exception cref="ArgumentException">There are none, they are not alike, or one contradicts itself.</exception>
    /// <exception cref="DeviceException">The device cannot be used, has too little memory, or computes other bits.</exception>
    public static IReadOnlyList<IEngine> CreateSideBySide(IReadOnlyList<TrainingSetup> setups, GpuApi api, int device) =>
        CreateSideBySide(setups, DriverOf(api), device);

    /// <summary>Whether both can be trained side by side: networks of one shape, with the same formulas, features and batch size, on
    /// the same image sets; seeds, constants and learning rates may differ, and so may the rows that are split off.</summary>
    public static bool AreAlike(TrainingSetup one, TrainingSetup other) => GpuLikeness.Of(one) == GpuLikeness.Of(other);

    /// <summary>How many networks like <paramref name="setup"/>'s should be trained side by side on a device.</summary>
    /// <returns>As many as its memory has room for with something to spare, at least 1, and no more than there is a gain from.</returns>
    public static int MostSideBySide(TrainingSetup setup, GpuDeviceInfo device) => GpuMemory.Networks(setup, device.Memory);

    /// <summary>The same, with any driver.</summary>
    internal static IEngine Create(TrainingSetup setup, IGpuDriver driver, int device) =>
        Open([setup], driver, device, default, GpuSelfTest.Check, (networks, queue) => new GpuNetworkEngine(setup, networks, queue));

    /// <summary>The same, with any arrangement, on a device that is not tried first.</summary>
    internal static IEngine CreateUntried(TrainingSetup setup, IGpuDriver driver, int device, GpuArrangement arrangement) =>
        Open([setup], driver, device, arrangement, (_, _) => { }, (networks, queue) => new GpuNetworkEngine(setup, networks, queue));

    /// <summary>Engines side by side, with any driver.</summary>
    internal static IReadOnlyList<IEngine> CreateSideBySide(IReadOnlyList<TrainingSetup> setups, IGpuDriver driver, int device) =>
        setups.Count == 1 ? [Create(setups[0], driver, device)] : Open(
            setups, driver, device, default, GpuSelfTest.Check,
            (networks, queue) => Rendezvous.Engines(setups, new GpuJointNetworks(setups, networks, queue)));

    private static T Open<T>(
        IReadOnlyList<TrainingSetup> setups, IGpuDriver driver, int device, GpuArrangement arrangement,
        Action<IReadOnlyList<TrainingSetup>, IGpuQueue> check, Func<GpuNetworks, IGpuQueue, T> create)
    {
        ArgumentOutOfRangeException.ThrowIfZero(setups.Count, nameof(setups));
        foreach (TrainingSetup setup in setups)
        {
            setup.Checked();
        }
        GpuNetworks.CheckAlike(setups);
        IGpuQueue queue = driver.Open(device, new GpuFormulas(setups[0]).Program);
        try
        {
            check(setups, queue);
            return create(new GpuNetworks(setups, queue, arrangement), queue);
        }
        catch
        {
            queue.Dispose();
            throw;
        }
    }

    /// <summary>The driver behind <paramref name="api"/>.</summary>
    internal static IGpuDriver DriverOf(GpuApi api) => api switch
    {
        GpuApi.OpenCl => new OpenClDriver(),
        GpuApi.Cuda => new CudaDriver(),
        _ => throw new ArgumentOutOfRangeException(nameof(api), api, null),
    };
}
