using Trainer.Images;

namespace Trainer.Tests.Images;

public class InputImageTests
{
    [Fact]
    public void Grey_IsLuma_AndWhatIsTransparentLiesOnWhite()
    {
        GreyImage grey = GreyImage.Of(new PngPicture(4, 1, 3, [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9]));
        Assert.Equal([76, 150, 29, 9], grey.Pixels);
        Assert.Equal([255, 0, 127], GreyImage.Of(new PngPicture(3, 1, 2, [0, 0, 0, 255, 0, 128])).Pixels);
        Assert.Equal([255, 76], GreyImage.Of(new PngPicture(2, 1, 4, [255, 0, 0, 0, 255, 0, 0, 255])).Pixels);
    }

    [Theory]
    [InlineData(3, 3, new byte[] { 1, 1, 1, 1, 200, 1, 1, 1, 1 }, 1)]
    [InlineData(1, 3, new byte[] { 1, 2, 6 }, 3)]
    [InlineData(3, 1, new byte[] { 1, 2, 6 }, 3)]
    [InlineData(1, 1, new byte[] { 7 }, 7)]
    [InlineData(2, 2, new byte[] { 1, 2, 3, 6 }, 3)]
    public void BorderMean_CountsEachOutermostPixelOnce(int width, int height, byte[] pixels, double mean) =>
        Assert.Equal(mean, new GreyImage(width, height, pixels).BorderMean);

    [Fact]
    public void Squared_PutsTheImageInTheMiddle_OfItsBordersGrey()
    {
        GreyImage squared = new GreyImage(1, 3, [10, 20, 30]).Squared();
        Assert.Equal((3, 3), (squared.Width, squared.Height));
        Assert.Equal([20, 10, 20, 20, 20, 20, 20, 30, 20], squared.Pixels);
    }

    [Theory]
    [InlineData("Auto", 200, true, true)]
    [InlineData("Auto", 100, false, false)]
    [InlineData("No", 200, false, false)]
    [InlineData("Yes", 100, true, false)]
    public void Fit_InvertsWhatIsBrightAround_UnlessToldOtherwise(string inversion, byte border, bool inverted, bool bright)
    {
        byte[] pixels = [border, border, border, border, 0, border, border, border, border];
        FittedImage fitted = new InputImage("a.png", null, new GreyImage(3, 3, pixels)).Fit(3, 3, Enum.Parse<Inversion>(inversion));
        Assert.Equal((inverted, bright), (fitted.Inverted, fitted.HasBrightBorder));
        Assert.Equal(inverted ? (byte)(255 - border) : border, fitted.Pixels[0]);
        Assert.Equal(inverted ? 255 : 0, fitted.Pixels[4]);
        Assert.Equal((false, false), (fitted.Padded, fitted.Scaled));
    }

    [Fact]
    public void Fit_LeavesImagesOfIdxFilesAsTheyAre_UnlessAsked()
    {
        var image = new InputImage("a.idx", 3, new GreyImage(1, 1, [250]));
        Assert.Equal([250], image.Fit(1, 1, Inversion.Auto).Pixels);
        Assert.Equal([5], image.Fit(1, 1, Inversion.Yes).Pixels);
        Assert.Equal("a.idx#3", image.Fit(1, 1, Inversion.Auto).Name);
    }

    [Fact]
    public void Fit_PadsAndScalesByAreaMeans()
    {
        // 4x2, black with a grey block: padded to 4x4, then each pixel is the mean of four.
        FittedImage fitted = new InputImage("a.png", null, new GreyImage(4, 2, [0, 0, 40, 80, 0, 0, 0, 0])).Fit(2, 2, Inversion.No);
        Assert.Equal((true, true), (fitted.Padded, fitted.Scaled));
        // The border's mean is 15; above lie two of it and two of the image.
        Assert.Equal([8, 38, 8, 8], fitted.Pixels);
        Assert.Equal((4, 2), (fitted.Width, fitted.Height));
    }
}
