using Trainer.Benchmarks.Cases;

namespace Trainer.Tests.Benchmarks;

public class WorkTests
{
    [Fact]
    public void Training_OfOneLayer_IsForwardAndWeightGradientAlone() =>
        Assert.Equal(2 * 2 * 5 * 3 * 7, Work.Training([5, 3], 7));

    [Fact]
    public void Training_AddsTheInputGradient_OfEveryLayerButTheFirst() =>
        Assert.Equal(2 * 7 * ((2 * 5 * 3) + (3 * 3 * 4)), Work.Training([5, 3, 4], 7));

    [Fact]
    public void Evaluation_IsForwardAlone() =>
        Assert.Equal(2 * 7 * ((5 * 3) + (3 * 4)), Work.Evaluation([5, 3, 4], 7));

    [Fact]
    public void AnEpochOfTheFirstCase_Is27Gflop()
    {
        double operations = CaseCatalog.All[0].Operations(784, 10, 60_000, 10_000, 1)!.Value;
        Assert.Equal(27.264e9, operations);
        Assert.Equal(3 * operations, CaseCatalog.All[0].Operations(784, 10, 60_000, 10_000, 3));
    }

    [Fact]
    public void AWholeProgram_HasNoCountOfOperations() =>
        Assert.Null(CaseCatalog.Named("whole-run")[0].Operations(784, 10, 60_000, 10_000, 1));
}
