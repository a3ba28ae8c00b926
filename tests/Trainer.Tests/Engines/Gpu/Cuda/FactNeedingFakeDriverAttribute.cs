namespace Trainer.Tests.Engines.Gpu.Cuda;

/// <summary>A test in front of the fake driver: skipped, with the reason, where it cannot be built.</summary>
internal sealed class FactNeedingFakeDriverAttribute : FactAttribute
{
    public FactNeedingFakeDriverAttribute() => Skip = FakeDriver.Reason;
}
