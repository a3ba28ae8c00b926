using Trainer.GradientChecks;
using Trainer.Randomness;

namespace Trainer.Tests.GradientChecks;

public class TensorSampleTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 3)]
    [InlineData(10, 9)]
    [InlineData(100_352, 200)]
    public void Choice_HasSoManyDifferentElements_Ascending(int all, int count)
    {
        int[] chosen = TensorSample.Choose(new Philox(1, RandomStream.GradientCheck, 0), all, count);
        Assert.Equal(count, chosen.Length);
        Assert.Equal(chosen.Distinct().Order(), chosen);
        Assert.All(chosen, element => Assert.InRange(element, 0, all - 1));
    }

    [Fact]
    public void Choice_OfMoreThanThereAre_IsAll() =>
        Assert.Equal(Enumerable.Range(0, 7), TensorSample.Choose(new Philox(1, RandomStream.GradientCheck, 0), 7, 200));

    [Fact]
    public void Choice_FavoursNoElement()
    {
        int[] counts = new int[10];
        for (uint k = 0; k < 2000; k++)
        {
            foreach (int element in TensorSample.Choose(new Philox(1, RandomStream.GradientCheck, k), 10, 3))
            {
                counts[element]++;
            }
        }
        // 600 expected, standard deviation 20.
        Assert.All(counts, count => Assert.InRange(count, 500, 700));
    }
}
