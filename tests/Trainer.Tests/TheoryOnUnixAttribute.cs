namespace Trainer.Tests;

/// <summary>A theory that needs what Windows gives to administrators alone, as symbolic links.</summary>
internal sealed class TheoryOnUnixAttribute : TheoryAttribute
{
    public TheoryOnUnixAttribute()
    {
        Skip = OperatingSystem.IsWindows() ? "Windows lets administrators alone make symbolic links" : null;
    }
}
