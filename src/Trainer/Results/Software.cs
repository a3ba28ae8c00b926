using System.Reflection;
using System.Runtime.InteropServices;

namespace Trainer.Results;

/// <summary>The versions that computed a run.</summary>
/// <param name="Trainer">Version of this program.</param>
/// <param name="Commit">The commit it was built from; null when it was built outside a checkout.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="OperatingSystem">The operating system.</param>
internal sealed record Software(string Trainer, string? Commit, string Runtime, string OperatingSystem)
{
    /// <summary>What runs now.</summary>
    public static Software Current()
    {
        string version = typeof(Software).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        string[] parts = version.Split('+', 2);
        return new Software(
            parts[0], parts.ElementAtOrDefault(1), RuntimeInformation.FrameworkDescription, RuntimeInformation.OSDescription);
    }
}
