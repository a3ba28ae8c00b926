namespace Trainer.Tests.Engines.Gpu.FakeCuda;

/// <summary>A test on the stand-in for the CUDA driver; skipped, with the reason, where it cannot be built.</summary>
internal sealed class FactNeedingFakeCudaAttribute : FactAttribute
{
    public FactNeedingFakeCudaAttribute() => Skip = FakeCudaLibrary.WhyNot;
}
