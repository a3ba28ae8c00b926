using Trainer.Benchmarks.Gpu;

namespace Trainer.Tests.Benchmarks;

public class EpochWorkTests
{
    private static readonly int[] Course = [784, 128, 64, 10];

    [Fact]
    public void Links_AreTheSumsThatAStepMakesOneBehindTheOther_AndOneForEachRow()
    {
        // Forward 784 + 128 + 64 and the softmax's 10, backward 10 + 64, and the 64 rows of the weights' gradient.
        Assert.Equal(986 + 74 + 64, EpochWork.OfEpoch(Course, 64, 64, 0).Links);
        Assert.Equal((938 * (986 + 74)) + 60_000, EpochWork.OfEpoch(Course, 60_000, 64, 0).Links);
    }

    [Fact]
    public void AShortLastStep_IsAStep()
    {
        EpochWork whole = EpochWork.OfEpoch(Course, 64, 64, 0), more = EpochWork.OfEpoch(Course, 65, 64, 0);
        Assert.Equal(986 + 74 + 1, more.Links - whole.Links);
    }

    [Fact]
    public void Operations_AreThoseOfTheProducts() => Assert.Equal(454_400.0 * 60_000, EpochWork.OfEpoch(Course, 60_000, 64, 0).Operations);

    [Fact]
    public void AStateVector_IsReadAndWrittenOnceAStep()
    {
        const double Parameters = (785 * 128) + (129 * 64) + (65 * 10);
        double none = EpochWork.OfEpoch(Course, 128, 64, 0).Bytes, one = EpochWork.OfEpoch(Course, 128, 64, 1).Bytes;
        Assert.Equal(2 * 2 * sizeof(float) * Parameters, one - none);
    }

    [Fact]
    public void Bytes_AreThoseOfEveryArrayAndKernel()
    {
        // 2 inputs, 3 hidden units, 4 classes; one row.
        double images = 2 + (3 * 8) + 12;
        double forward = 4 * (3 + 3 + 4 + 4 + 3 + 3 + (3 * 4));
        double backward = 4 * (3 + 3 + 3 + 4 + 3 + 4);
        double weights = 4 * ((9 + 16) + 16 + (2 * (9 + 16)));
        Assert.Equal(images + forward + backward + weights, EpochWork.OfEpoch([2, 3, 4], 1, 1, 0).Bytes);
    }
}
