namespace Trainer.Engines.Gpu.Cuda;

/// <summary>A card, as the driver describes it without a context.</summary>
/// <param name="Index">Its place among the driver's.</param>
/// <param name="Handle">CUdevice, which needs no release.</param>
/// <param name="Name">Its name for itself.</param>
/// <param name="Memory">Bytes of its memory.</param>
/// <param name="Capability">What it can do.</param>
/// <param name="Multiprocessors">How many it has.</param>
/// <param name="SharedMemory">Bytes that a group may have in common, without asking for more.</param>
internal sealed record CudaDevice(
    int Index, int Handle, string Name, long Memory, ComputeCapability Capability, int Multiprocessors, int SharedMemory)
{
    // The driver's own limit is 256, and no card's name is half as long.
    private const int NameLength = 256;

    /// <summary>How the device is called here: "cuda:0".</summary>
    public string Place { get; } = PlaceOf(Index);

    /// <summary>How many there are.</summary>
    /// <exception cref="Failures.DeviceException">There is none.</exception>
    public static int Count()
    {
        CudaResult result = CudaApi.cuDeviceGetCount(out int count);
        // With some settings cuInit is content without any card.
        result = result == CudaResult.Success && count == 0 ? CudaResult.NoDevice : result;
        return result == CudaResult.Success ? count : throw CudaFailure.Of(result, nameof(CudaApi.cuDeviceGetCount));
    }

    /// <summary>How a device is called.</summary>
    public static string PlaceOf(int index) => $"cuda:{index}";

    /// <summary>Asks the driver.</summary>
    /// <exception cref="Failures.DeviceException">It does not answer.</exception>
    public static unsafe CudaDevice Read(int index)
    {
        Check(CudaApi.cuDeviceGet(out int handle, index), nameof(CudaApi.cuDeviceGet));
        byte* name = stackalloc byte[NameLength];
        Check(CudaApi.cuDeviceGetName(name, NameLength, handle), nameof(CudaApi.cuDeviceGetName));
        Check(CudaApi.cuDeviceTotalMem_v2(out nuint memory, handle), nameof(CudaApi.cuDeviceTotalMem_v2));
        return new CudaDevice(
            index,
            handle,
            CudaFailure.OneLine(CudaText.Of(new ReadOnlySpan<byte>(name, NameLength))),
            (long)memory,
            new ComputeCapability(Ask(CudaAttribute.ComputeCapabilityMajor), Ask(CudaAttribute.ComputeCapabilityMinor)),
            Ask(CudaAttribute.MultiprocessorCount),
            Ask(CudaAttribute.MaxSharedMemoryPerBlock));

        int Ask(CudaAttribute attribute)
        {
            Check(CudaApi.cuDeviceGetAttribute(out int value, attribute, handle), nameof(CudaApi.cuDeviceGetAttribute));
            return value;
        }

        void Check(CudaResult result, string call)
        {
            if (result != CudaResult.Success)
            {
                throw CudaFailure.Of(result, call, PlaceOf(index));
            }
        }
    }

    /// <summary>Why it cannot run what needs <paramref name="needed"/>; null where it can.</summary>
    public string? Problem(ComputeCapability needed) => Capability.Covers(needed)
        ? null
        : $"{Name} has compute capability {Capability}; {needed} or newer is needed";
}
