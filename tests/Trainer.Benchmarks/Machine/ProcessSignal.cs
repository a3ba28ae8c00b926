using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Trainer.Benchmarks.Machine;

/// <summary>
/// Stops a process in its tracks and lets it go on: the threads of numerical libraries spin for a while after their last
/// task, and would take the cores from whoever is timed next. Where the system has no such signals, nothing happens.
/// </summary>
internal static partial class ProcessSignal
{
    private const int ContinueOnLinux = 18;
    private const int StopOnLinux = 19;
    private const int ContinueOnMacOS = 19;
    private const int StopOnMacOS = 17;

    /// <summary>Stops it.</summary>
    public static void Suspend(Process process) => Send(process, OperatingSystem.IsMacOS() ? StopOnMacOS : StopOnLinux);

    /// <summary>Lets it go on.</summary>
    public static void Resume(Process process) => Send(process, OperatingSystem.IsMacOS() ? ContinueOnMacOS : ContinueOnLinux);

    private static void Send(Process process, int signal)
    {
        if (!OperatingSystem.IsWindows() && !process.HasExited)
        {
            // Fails only for a process that has ended meanwhile; its next answer will tell.
            _ = Kill(process.Id, signal);
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
