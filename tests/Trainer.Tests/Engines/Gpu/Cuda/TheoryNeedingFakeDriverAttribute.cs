namespace Trainer.Tests.Engines.Gpu.Cuda;

/// <summary>The same with cases.</summary>
internal sealed class TheoryNeedingFakeDriverAttribute : TheoryAttribute
{
    public TheoryNeedingFakeDriverAttribute() => Skip = FakeDriver.Reason;
}
