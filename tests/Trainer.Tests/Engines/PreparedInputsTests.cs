using Trainer.Augmentations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Randomness;
using Trainer.Tests.Augmentations;

namespace Trainer.Tests.Engines;

public class PreparedInputsTests
{
    private const int Rows = 47;
    private const int Width = 7;
    private const int Height = 9;
    private const int Inputs = Width * Height;

    private static readonly Split Train = Samples.Split(Rows, Width, Height);
    private static readonly InputNoise Noise = new() { Std = 0.1 };

    [Theory]
    [InlineData(0, 5, 0, 47)]
    [InlineData(1, 3, 10, 20)]
    [InlineData(4, 5, 40, 7)]
    [InlineData(2, 2, 20, 0)]
    public void Rows_AreThoseOfTheSteps_DistortedThenNoisy(int firstStep, int endStep, int first, int count)
    {
        EpochPlan plan = Plan(1);
        var prepared = new PreparedInputs(Inputs);
        prepared.Fill(Train, plan, firstStep..endStep, Samples.Settings["all"], Noise, 5, 3);
        Assert.Equal((first, count, count * Inputs), (prepared.First, prepared.Count, prepared.Values.Length));
        for (int position = first; position < first + count; position++)
        {
            int row = plan.Order[position];
            float[] expected = Samples.Apply(Samples.Settings["all"], Train.Pixels(row).ToArray(), Width, Height, row, 3, 5);
            Noise.Add(5, 3, row, expected);
            Assert.Equal(expected, prepared.Row(position));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => prepared.Row(first - 1).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => prepared.Row(first + count).Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Bits_DoNotDependOnThreads_NorOnTheOrderOfTheRows(int threads)
    {
        Dictionary<int, int[]> expected = ByRow(Plan(1), 1);
        foreach ((int row, int[] bits) in ByRow(Plan(2), threads))
        {
            Assert.Equal(expected[row], bits);
        }
    }

    [Fact]
    public void WithoutAnything_RowsAreThePixelsThemselves_AlsoInAFormerlyFilledPlace()
    {
        EpochPlan plan = Plan(1);
        var prepared = new PreparedInputs(Inputs);
        prepared.Fill(Train, plan, .., Samples.Settings["all"], Noise, 5, 3);
        prepared.Fill(Train, plan, 2..3, null, null, 5, 3);
        for (int position = 20; position < 30; position++)
        {
            Assert.Equal(Samples.Values(Train.Pixels(plan.Order[position]).ToArray()), prepared.Row(position));
        }
    }

    [Fact]
    public void GivenValues_AreCopied_AndHaveToBeWholeRows()
    {
        float[] values = [1, 2, 3, 4, 5, 6];
        var prepared = new PreparedInputs(3);
        prepared.Set(7, values);
        values[5] = 0;
        Assert.Equal((7, 2), (prepared.First, prepared.Count));
        Assert.Equal([4, 5, 6], prepared.Row(8));
        Assert.Throws<ArgumentException>(() => prepared.Set(0, new float[4]));
    }

    [Fact]
    public void ImagesOfAnotherSize_AndRowsThatAreNotThere_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new PreparedInputs(Inputs + 1).Fill(Train, Plan(1), .., null, null, 1, 1));
        var plan = new EpochPlan([0, Rows], 2, 0, _ => 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PreparedInputs(Inputs).Fill(Train, plan, .., null, null, 1, 1));
    }

    private static EpochPlan Plan(uint epoch)
    {
        int[] order = new int[Rows];
        new Philox(1, RandomStream.Shuffle, epoch).Permutation(order);
        return new EpochPlan(order, 10, 0, _ => 1);
    }

    private static Dictionary<int, int[]> ByRow(EpochPlan plan, int threads)
    {
        var prepared = new PreparedInputs(Inputs);
        prepared.Fill(Train, plan, .., Samples.Settings["all"], Noise, 5, 3, threads);
        return Enumerable.Range(0, Rows).ToDictionary(position => plan.Order[position], position => Samples.Bits(prepared.Row(position).ToArray()));
    }
}
