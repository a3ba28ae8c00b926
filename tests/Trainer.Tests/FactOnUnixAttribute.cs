namespace Trainer.Tests;

/// <summary>A fact that needs what Windows gives to administrators alone, as symbolic links.</summary>
internal sealed class FactOnUnixAttribute : FactAttribute
{
    public FactOnUnixAttribute()
    {
        Skip = OperatingSystem.IsWindows() ? "Windows lets administrators alone make symbolic links" : null;
    }
}
