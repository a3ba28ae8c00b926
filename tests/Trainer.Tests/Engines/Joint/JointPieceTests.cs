using Trainer.Data;
using Trainer.Engines;
using Trainer.Engines.Joint;

namespace Trainer.Tests.Engines.Joint;

public class JointPieceTests
{
    private static readonly RowResults Results = new(0);

    [Fact]
    public void TheShortestCall_IsDone() => AssertPiece([Train(2, 9), Train(2, 5), null, Train(2, 7)], [0, 1, 3], 2, 5);

    [Fact]
    public void WhoIsBehind_CatchesUp() => AssertPiece([Train(4, 9), Train(2, 8), Train(3, 9)], [1], 2, 3);

    [Fact]
    public void Evaluations_ComeBeforeSteps_AndTheTrainingSplitBeforeTheOthers()
    {
        AssertPiece([Train(0, 9), Evaluate(SplitName.Test, 0, 30), Evaluate(SplitName.Train, 16, 20)], [2], 16, 20);
        AssertPiece([Train(0, 9), Evaluate(SplitName.Test, 0, 30), Evaluate(SplitName.Test, 0, 20)], [1, 2], 0, 20);
    }

    [Theory]
    [InlineData(50, 5, false)]
    [InlineData(56, 7, false)]
    [InlineData(50, 7, true)]
    public void StepsOfOtherPlans_AreNotMadeTogether(int rows, int batch, bool prepared) =>
        AssertPiece([Train(1, 4), Train(1, 3, rows, batch, prepared), Train(1, 7)], [0, 2], 1, 4);

    private static void AssertPiece(JointCall?[] calls, int[] networks, int first, int end)
    {
        var piece = JointPiece.Next(calls);
        Assert.Equal(networks, piece.Networks);
        Assert.Equal((first, end), (piece.First, piece.End));
    }

    private static JointCall Train(int first, int end, int rows = 50, int batch = 7, bool prepared = false) =>
        JointCall.Train(new EpochPlan(new int[rows], batch, 0, _ => 0.1) { Inputs = prepared ? new PreparedInputs(1) : null }, first, end, Results);

    private static JointCall Evaluate(SplitName split, int first, int end) => JointCall.Evaluate(split, first, end, Results);
}
