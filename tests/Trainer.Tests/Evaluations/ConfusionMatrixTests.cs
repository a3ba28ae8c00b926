using Trainer.Data;
using Trainer.Evaluations;

namespace Trainer.Tests.Evaluations;

public class ConfusionMatrixTests
{
    private static readonly string[] Names = ["a", "b", "c", "d"];

    /// <summary>Truth a a a b b c; d never occurs. c is taken for d, nothing is taken for c.</summary>
    private static ConfusionMatrix Matrix() => Of([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 0, 3]);

    [Fact]
    public void Of_CountsTrueClassesInRows_AndPredictedOnesInColumns()
    {
        ConfusionMatrix matrix = Matrix();
        Assert.Equal([[2, 1, 0, 0], [1, 1, 0, 0], [0, 0, 0, 1], [0, 0, 0, 0]], matrix.Rows());
        Assert.Equal([3, 2, 1, 0], Enumerable.Range(0, 4).Select(matrix.Support));
        Assert.Equal([3, 2, 0, 1], Enumerable.Range(0, 4).Select(matrix.Predicted));
    }

    [Fact]
    public void Scores_AreTheTextbooks_AndZeroByZeroIsNothing()
    {
        IReadOnlyList<ClassScore> scores = Matrix().Scores();
        Assert.Equal([2.0 / 3, 0.5, null, 0.0], scores.Select(score => score.Precision));
        Assert.Equal([2.0 / 3, 0.5, 0.0, null], scores.Select(score => score.Recall));
        Assert.Equal([2.0 / 3, 0.5, 0.0, 0.0], scores.Select(score => score.F1));
        Assert.Null(Of([0], [0]).Scores()[1].F1);
    }

    [Fact]
    public void Average_LeavesOutWhatIsZeroByZero()
    {
        var average = MacroAverage.Of(Matrix().Scores());
        Assert.Equal((2.0 / 3 + 0.5) / 3, average.Precision!.Value, 15);
        Assert.Equal((2.0 / 3 + 0.5) / 3, average.Recall!.Value, 15);
        Assert.Equal((2.0 / 3 + 0.5) / 4, average.F1!.Value, 15);
    }

    private static ConfusionMatrix Of(byte[] labels, int[] predictions) =>
        ConfusionMatrix.Of(new Split(new ImageSet(new byte[labels.Length], labels, 1, 1)), predictions, Names);
}
