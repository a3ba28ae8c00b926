using Trainer.Charts;

namespace Trainer.Tests.Charts;

public class CurvesFigureTests
{
    [Fact]
    public void Of_NamesConfigDataSetAndSeed_AndGivesTheLastTestAccuracyAsPercent()
    {
        Figure figure = CurvesFigure.Of(SampleFigures.Run(20));
        Assert.Equal("relu on fashion-mnist, seed 1", figure.Title);
        Assert.Equal("Test accuracy after 20 epochs: 87.9%", figure.Subtitle);
        Assert.Equal(
            "Two line charts of relu on fashion-mnist, seed 1, over epochs 0 to 20. "
            + "Loss at the end: train 0.215, test 0.310. Accuracy at the end: train 94.5%, test 87.9%.",
            figure.AltText);
    }

    [Fact]
    public void Of_KeepsDataSetAndSeedInTheTitle_HoweverLongTheConfigsName()
    {
        string title = CurvesFigure.Of(SampleFigures.Run(2) with { ConfigName = new string('x', 500) }).Title;
        Assert.EndsWith("… on fashion-mnist, seed 1", title, StringComparison.Ordinal);
        Assert.InRange(title.Length, 50, 80);
    }

    [Fact]
    public void Of_DrawsTrainAndTest_AndValidationWhereThereIsOne()
    {
        Assert.Equal("train test | train test", Names(CurvesFigure.Of(SampleFigures.Run(3))));
        Figure figure = SampleFigures.Get("validation");
        Assert.Equal("train validation test | train validation test", Names(figure));
        Assert.Equal(LineStyle.Dashed, figure.Panels[0].Series[1].Style);
        Assert.Equal([new Marker("best validation: epoch 17", 17)], figure.Panels[0].Markers);
        Assert.Equal([new Marker("", 17)], figure.Panels[1].Markers);
        Assert.Empty(CurvesFigure.Of(SampleFigures.Run(3)).Panels[0].Markers);
        Assert.Equal(
            "test | train test",
            Names(CurvesFigure.Of(SampleFigures.Run(2) with { TrainLoss = [double.NaN, double.NaN, double.NaN] })));
    }

    [Fact]
    public void Of_LeavesEpochZeroOffTheScale_AndSaysSo_OnlyWhenItWouldDwarfTheRest()
    {
        RunCurves run = SampleFigures.Run(20);
        Axis loss = CurvesFigure.Of(run).Panels[0].Y;
        Assert.Equal("mean cross-entropy (epoch 0, off the scale: 2.320)", loss.Label);
        Assert.Equal((run.TrainLoss![20], run.TestLoss![1]), (loss.Minimum, loss.Maximum));

        Assert.Equal(new Axis { Label = "mean cross-entropy" }, CurvesFigure.Of(SampleFigures.Run(4)).Panels[0].Y);
        double[] slow = SampleFigures.Values(21, i => 2.3 - 0.05 * i);
        Assert.Null(CurvesFigure.Of(SampleFigures.Run(20) with { TrainLoss = slow, TestLoss = slow }).Panels[0].Y.Minimum);
    }

    [Fact]
    public void Of_ShowsAnExplodedLossOnALogarithmicAxis_WithTheEpochOfItsLastValue()
    {
        Panel loss = SampleFigures.Get("diverged").Panels[0];
        Assert.Equal(AxisScale.Logarithmic, loss.Y.Scale);
        Assert.Equal("7.8e11 (ep. 7)", loss.Series[0].EndLabel);
        Assert.Equal("1.4e10 (ep. 6)", loss.Series[1].EndLabel);
    }

    [Fact]
    public void Of_SaysSo_WhenNothingWasTrainedOrMeasured()
    {
        Assert.Equal("Test accuracy of the untrained network: 9.9%", SampleFigures.Get("epoch 0 only").Subtitle);
        Assert.Equal("Test accuracy after 1 epoch: 78.4%", SampleFigures.Get("one epoch").Subtitle);
        Figure nothing = SampleFigures.Get("nothing measured");
        Assert.Null(nothing.Subtitle);
        Assert.EndsWith("Loss at the end: not measured. Accuracy at the end: not measured.", nothing.AltText, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_RefusesAListOfAnotherLengthThanTheEpochs()
    {
        ArgumentException failure = Assert.Throws<ArgumentException>(
            () => CurvesFigure.Of(SampleFigures.Run(3) with { TestLoss = [1, 2] }));
        Assert.Contains("2 values of test for 4 epochs", failure.Message, StringComparison.Ordinal);
    }

    private static string Names(Figure figure) =>
        string.Join(" | ", figure.Panels.Select(panel => string.Join(' ', panel.Series.Select(series => series.Name))));
}
