namespace Trainer.Tests;

/// <summary>A test that sends a signal.</summary>
internal sealed class SignalFactAttribute : FactAttribute
{
    public SignalFactAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no signals to send" : null;
}

/// <summary>Tests that send a signal.</summary>
internal sealed class SignalTheoryAttribute : TheoryAttribute
{
    public SignalTheoryAttribute() => Skip = OperatingSystem.IsWindows() ? "Windows has no signals to send" : null;
}
