namespace Trainer.Tests.Engines.Gpu.FakeCuda;

/// <summary>Tests on the stand-in for the CUDA driver; skipped, with the reason, where it cannot be built.</summary>
internal sealed class TheoryNeedingFakeCudaAttribute : TheoryAttribute
{
    public TheoryNeedingFakeCudaAttribute() => Skip = FakeCudaLibrary.WhyNot;
}
