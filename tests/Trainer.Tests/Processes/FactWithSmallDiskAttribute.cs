using System.Diagnostics;

namespace Trainer.Tests.Processes;

/// <summary>A fact that needs to mount a disk of its own, small enough to be filled.</summary>
internal sealed class FactWithSmallDiskAttribute : FactAttribute
{
    private static readonly Lazy<bool> CanMount = new(Probe);

    public FactWithSmallDiskAttribute() =>
        Skip = OperatingSystem.IsLinux() && CanMount.Value ? null : "a small disk cannot be mounted here (unshare -rm, mount -t tmpfs)";

    private static bool Probe()
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("unshare", ["-rm", "mount", "-t", "tmpfs", "none", Path.GetTempPath()])
            {
                RedirectStandardError = true,
            })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
