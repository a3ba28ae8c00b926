using Trainer.Images;

namespace Trainer.Tests.Images;

public class ImageGridTests
{
    [Fact]
    public void Of_TakesTheImagesInTheOrderOfTheIndices_WithTheirClassNames()
    {
        ImageGrid grid = SampleGrids.Grid(SampleGrids.Large, 2, 2, 0, 1);
        Assert.Equal(["class 2 #2", "T-shirt/top #0", "Bag #1"], grid.Images.Select(image => $"{image.ClassName} {image.IndexText}"));
        Assert.Equal(SampleGrids.Large.Image(2), grid.Images[0].Pixels.Span);
        Assert.Equal((2, 28, 28), (grid.Columns, grid.PixelRows, grid.PixelColumns));
    }

    [Fact]
    public void Of_HasNoMoreColumnsThanImages() => Assert.Equal(1, SampleGrids.Grid(SampleGrids.Small, 5, 0).Columns);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    [InlineData(2, -1)]
    public void Of_RefusesNoColumns_AndAnIndexOutsideTheSet(int columns, int index) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleGrids.Grid(SampleGrids.Small, columns, index));

    [Fact]
    public void Of_RefusesNoImages() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleGrids.Grid(SampleGrids.Small, 2));
}
