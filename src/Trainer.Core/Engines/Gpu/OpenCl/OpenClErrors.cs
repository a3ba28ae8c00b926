using System.Globalization;
using Trainer.Failures;

namespace Trainer.Engines.Gpu.OpenCl;

/// <summary>Turns codes of OpenCL into one clear line.</summary>
internal static class OpenClErrors
{
    /// <summary>No driver is registered with the loader.</summary>
    public const int PlatformNotFound = -1001;

    /// <summary>A platform has no device of the kind asked for.</summary>
    public const int DeviceNotFound = -1;

    /// <summary>The program does not compile.</summary>
    public const int BuildProgramFailure = -11;

    private static readonly int[] OutOfMemory = [-4, -5, -6, -61];

    // The names of the standard's header.
    private static readonly Dictionary<int, string> Names = new()
    {
        [-1] = "CL_DEVICE_NOT_FOUND",
        [-2] = "CL_DEVICE_NOT_AVAILABLE",
        [-3] = "CL_COMPILER_NOT_AVAILABLE",
        [-4] = "CL_MEM_OBJECT_ALLOCATION_FAILURE",
        [-5] = "CL_OUT_OF_RESOURCES",
        [-6] = "CL_OUT_OF_HOST_MEMORY",
        [-9] = "CL_IMAGE_FORMAT_MISMATCH",
        [-11] = "CL_BUILD_PROGRAM_FAILURE",
        [-14] = "CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST",
        [-30] = "CL_INVALID_VALUE",
        [-33] = "CL_INVALID_DEVICE",
        [-34] = "CL_INVALID_CONTEXT",
        [-36] = "CL_INVALID_COMMAND_QUEUE",
        [-38] = "CL_INVALID_MEM_OBJECT",
        [-43] = "CL_INVALID_BUILD_OPTIONS",
        [-44] = "CL_INVALID_PROGRAM",
        [-45] = "CL_INVALID_PROGRAM_EXECUTABLE",
        [-46] = "CL_INVALID_KERNEL_NAME",
        [-48] = "CL_INVALID_KERNEL",
        [-49] = "CL_INVALID_ARG_INDEX",
        [-51] = "CL_INVALID_ARG_SIZE",
        [-52] = "CL_INVALID_KERNEL_ARGS",
        [-54] = "CL_INVALID_WORK_GROUP_SIZE",
        [-61] = "CL_INVALID_BUFFER_SIZE",
        [-63] = "CL_INVALID_GLOBAL_WORK_SIZE",
        [-1001] = "CL_PLATFORM_NOT_FOUND_KHR",
    };

    /// <summary>The code as the standard names it.</summary>
    public static string Name(int code) =>
        Names.TryGetValue(code, out string? name) ? name : code.ToString(CultureInfo.InvariantCulture);

    /// <summary>Does nothing if <paramref name="code"/> is that of success.</summary>
    /// <param name="code">What <paramref name="what"/> returned.</param>
    /// <param name="device">The device as <c>--device</c> takes it.</param>
    /// <param name="what">What was tried.</param>
    /// <exception cref="DeviceException">It is not.</exception>
    public static void Check(int code, string device, string what)
    {
        if (code != 0)
        {
            string mend = OutOfMemory.Contains(code)
                ? "; choose a smaller batch or network"
                : "";
            throw new DeviceException($"{device}: {what} failed ({Name(code)}){mend}");
        }
    }
}
