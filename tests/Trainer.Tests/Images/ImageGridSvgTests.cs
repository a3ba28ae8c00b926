using System.Text;
using System.Xml.Linq;
using Trainer.Images;
using Trainer.Tests.Charts;

namespace Trainer.Tests.Images;

public class ImageGridSvgTests
{
    private static readonly XName Href = XName.Get("href", "http://www.w3.org/1999/xlink");

    [Fact]
    public void Write_EmbedsEachImage_EnlargedByAWholeFactor_PixelForPixel()
    {
        SvgPicture picture = Picture(SampleGrids.Grid(SampleGrids.Large, 2, 0, 1, 2, 1));
        XElement[] images = [.. picture.OfClass("pixels")];
        Assert.Equal(4, images.Length);
        int[] indices = [0, 1, 2, 1];
        for (int i = 0; i < images.Length; i++)
        {
            PngPicture png = PngReader.Read(Convert.FromBase64String(
                ((string)images[i].Attribute(Href)!)["data:image/png;base64,".Length..]));
            Assert.Equal((224, 224, 1), (png.Width, png.Height, png.Channels));
            byte[] source = SampleGrids.Large.Image(indices[i]).ToArray();
            Assert.Equal(
                [.. Enumerable.Range(0, 224 * 224).Select(p => source[p / 224 / 8 * 28 + p % 224 / 8])], png.Pixels);
        }
    }

    [Fact]
    public void Write_PutsClassNameAndIndexBeneathEachImage()
    {
        SvgPicture picture = Picture(SampleGrids.Grid(SampleGrids.Large, 2, 0, 1, 2));
        XElement[] captions = [.. picture.Texts.Skip(1)];
        Assert.Equal(["T-shirt/top #0", "Bag #1", "class 2 #2"], captions.Select(text => text.Value));
        XElement[] images = [.. picture.OfClass("pixels")];
        for (int i = 0; i < images.Length; i++)
        {
            Assert.Equal(SvgPicture.Number(images[i], "x"), SvgPicture.Number(captions[i], "x"));
            double bottom = SvgPicture.Number(images[i], "y") + SvgPicture.Number(images[i], "height");
            Assert.InRange(SvgPicture.Number(captions[i], "y"), bottom + 10, bottom + 25);
        }
        Assert.Equal("sample, seed 1", picture.Root.Element(SvgPicture.Svg + "title")!.Value);
        Assert.Equal(
            "Images in rows: T-shirt/top #0, Bag #1, class 2 #2.", picture.Root.Element(SvgPicture.Svg + "desc")!.Value);
    }

    [Fact]
    public void Write_PutsNotesBeneathTheClassName_InPlaceOfTheIndex()
    {
        GridImage[] images = [.. Enumerable.Range(0, 3).Select(k =>
            new GridImage(SampleGrids.Large.Image(k).ToArray(), $"class {k}", k) { Notes = [$"\u2192 T-shirt/top {k}", new string('W', 40)] })];
        SvgPicture picture = Picture(ImageGrid.Of("sample", "what the notes mean", SampleGrids.Large, images, 2));
        picture.AssertEverythingIsInside();
        string[] texts = [.. picture.Texts.Select(text => text.Value)];
        Assert.Equal("what the notes mean", texts[1]);
        Assert.Equal(["class 0", "\u2192 T-shirt/top 0"], texts[2..4]);
        Assert.DoesNotContain("#0", texts);
        // The lines of an image stay above the image below it.
        double lowest = picture.Texts.Skip(2).Take(6).Max(text => SvgPicture.Number(text, "y"));
        Assert.True(lowest < SvgPicture.Number(picture.OfClass("pixels").Last(), "y"));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 7)]
    [InlineData(10, 100)]
    [InlineData(10, 3)]
    public void Write_KeepsEverythingInsideThePage(int columns, int count)
    {
        int[] indices = [.. Enumerable.Range(0, count).Select(i => i % 3)];
        Picture(SampleGrids.Grid(SampleGrids.Large, columns, indices)).AssertEverythingIsInside();
        Picture(ImageGrid.Of(
            string.Concat(Enumerable.Repeat(SampleFigures.Hostile, 9)), SampleGrids.Small, [.. indices.Select(i => i % 2)],
            [SampleFigures.Hostile, new string('W', 99)], columns)).AssertEverythingIsInside();
    }

    [Fact]
    public void Write_GivesTheSameBytes_ForTheSameGrid() => Assert.Equal(
        Bytes(SampleGrids.Grid(SampleGrids.Small, 2, 0, 1)), Bytes(SampleGrids.Grid(SampleGrids.Small, 2, 0, 1)));

    private static SvgPicture Picture(ImageGrid grid) => new(Encoding.UTF8.GetString(Bytes(grid)));

    private static byte[] Bytes(ImageGrid grid)
    {
        using var stream = new MemoryStream();
        ImageGridSvg.Write(grid, stream);
        return stream.ToArray();
    }
}
