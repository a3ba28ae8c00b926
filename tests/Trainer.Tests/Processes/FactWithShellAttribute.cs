namespace Trainer.Tests.Processes;

/// <summary>A fact that needs a POSIX shell and Linux's devices.</summary>
internal sealed class FactWithShellAttribute : FactAttribute
{
    public FactWithShellAttribute() =>
        Skip = File.Exists("/bin/sh") && File.Exists("/dev/full") ? null : "needs /bin/sh and /dev/full";
}
