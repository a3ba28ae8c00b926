using Trainer.Engines.Gpu;

namespace Trainer.Devices;

/// <summary>A device that a GPU engine may run on.</summary>
/// <param name="Api">What leads to it.</param>
/// <param name="Info">What its driver tells of it.</param>
internal sealed record GpuDevice(GpuApi Api, GpuDeviceInfo Info)
{
    private const double BytesPerGib = 1L << 30;

    /// <summary>Its name, as <c>--device</c> takes it: <c>cuda:0</c>.</summary>
    public string Name => DeviceName.Of(Api, Info.Index);

    /// <summary>Its memory in GiB, to a tenth.</summary>
    public double MemoryGib => Math.Round(Info.Memory / BytesPerGib, 1);

    /// <summary>Whether this program can use it.</summary>
    public bool IsUsable => Info.Problem is null;

    /// <summary>Why this program cannot use it, with the name that is printed on it.</summary>
    public string Complaint => Info.Problem is not { } problem ? ""
        // A driver may have said which device it speaks of.
        : problem.Contains(Info.Name, StringComparison.Ordinal) ? problem
        : $"{Info.Name}: {problem}";
}
