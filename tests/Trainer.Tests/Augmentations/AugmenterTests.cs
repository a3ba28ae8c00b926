using Trainer.Augmentations;
using Trainer.Formulas;

namespace Trainer.Tests.Augmentations;

public class AugmenterTests
{
    public static TheoryData<string> Names() => [.. Samples.Settings.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Bits_AreThoseOfThePlainFormulas(string name)
    {
        foreach ((int width, int height) in Samples.Sizes)
        {
            byte[] pixels = Samples.Pixels(width, height);
            foreach (int row in (int[])[0, 1, 2, 59_999, int.MaxValue])
            {
                float[] expected = PlainDistortion.Of(Samples.Settings[name], pixels, width, height, ulong.MaxValue - 3, 7, row);
                float[] actual = Samples.Apply(Samples.Settings[name], pixels, width, height, row, 7, ulong.MaxValue - 3);
                Assert.Equal(Samples.Bits(expected), Samples.Bits(actual));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Image_DependsOnSeedEpochAndRow_AndOnNothingElse(string name)
    {
        byte[] pixels = Samples.Pixels(28, 28);
        string Drawn(ulong seed, uint epoch, int row) =>
            string.Join(' ', Samples.Bits(Samples.Apply(Samples.Settings[name], pixels, 28, 28, row, epoch, seed)));
        string[] Thirty(ulong seed, uint epoch) => [.. Enumerable.Range(0, 30).Select(row => Drawn(seed, epoch, row))];
        Assert.Equal(Thirty(1, 1), Thirty(1, 1));
        Assert.NotEqual(Thirty(1, 1), Thirty(2, 1));
        Assert.NotEqual(Thirty(1, 1), Thirty(1, 2));
        Assert.True(Thirty(1, 1).Distinct().Count() > 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_StayBetweenBlackAndWhite(string name)
    {
        byte[] white = [.. Enumerable.Repeat(byte.MaxValue, 28 * 28)];
        for (int row = 0; row < 50; row++)
        {
            Assert.All(Samples.Apply(Samples.Settings[name], white, 28, 28, row), value => Assert.InRange(value, 0f, 1f));
        }
    }

    [Fact]
    public void WithoutAnyPart_EveryByteIsItself_ToTheBit()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];
        int[] expected = Samples.Bits(bytes.Select(value => (new Scalar(value) / new Scalar(255)).Value));
        Augmentation?[] idle =
        [
            null,
            new Augmentation(),
            new() { Shift = new Shift { Pixels = 0 } },
            new() { Rotation = new Rotation { Degrees = 0 } },
            new() { Scale = new Scale { Min = 1, Max = 1 } },
            new() { Shear = new Shear { Degrees = 0 } },
            new() { HorizontalFlip = new HorizontalFlip { Probability = 0 } },
            new() { Elastic = new Elastic { Alpha = 0 } },
            new() { Erasing = new Erasing { Probability = 0 } },
        ];
        Assert.All(idle, settings => Assert.Equal(expected, Samples.Bits(Samples.Apply(settings, bytes, 16, 16, 3))));
    }

    [Fact]
    public void OnePart_DoesNotMoveTheNumbersOfAnother()
    {
        // Shear and scale with one value only change nothing, however their numbers are drawn; the others keep theirs.
        byte[] pixels = Samples.Pixels(28, 28);
        Augmentation shift = Samples.Settings["shift"];
        Augmentation more = shift with
        {
            Scale = new Scale { Min = 1, Max = 1 },
            Elastic = new Elastic { Alpha = 0 },
            Erasing = new Erasing { Probability = 0 },
        };
        Assert.Equal(Samples.Apply(shift, pixels, 28, 28, 4), Samples.Apply(more, pixels, 28, 28, 4));
    }

    [Fact]
    public void Flip_HappensAsOftenAsItsProbabilitySays()
    {
        const int rows = 4000;
        byte[] pixels = [255, 0];
        double Share(double probability) => Enumerable.Range(0, rows).Average(row => Samples.Apply(
            new Augmentation { HorizontalFlip = new HorizontalFlip { Probability = probability } }, pixels, 2, 1, row)[1]);
        Assert.Equal((0, 1), (Share(0), Share(1)));
        // Five standard errors.
        Assert.Equal(0.3, Share(0.3), 5 * Math.Sqrt(0.3 * 0.7 / rows));
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 0)]
    [InlineData(3, 5)]
    [InlineData(-4, -4)]
    public void Size_ThatDoesNotFitThePixels_IsRefused(int width, int height) => Assert.Throws<ArgumentException>(
        () => new Augmenter(null).Apply(new byte[16], width, height, 1, 1, 0, new float[16]));

    [Fact]
    public void RoomOfAnotherLength_AndANegativeRow_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new Augmenter(null).Apply(new byte[16], 4, 4, 1, 1, 0, new float[15]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Augmenter(null).Apply(new byte[16], 4, 4, 1, 1, -1, new float[16]));
    }
}
