using Trainer.Reports;
using Trainer.Tests.Comparisons;

namespace Trainer.Tests.Reports;

public class GroupEvaluationTests
{
    [Fact]
    public void CommonSeed_IsTheMiddleOneOfThoseThatAllHave()
    {
        Assert.Equal(4UL, GroupEvaluation.CommonSeed([FixedGroups.Of("a", [1, 2, 4, 5], [0.1, 0.2, 0.3, 0.4]), FixedGroups.Of("b", [2, 3, 4, 5], [0.1, 0.2, 0.3, 0.4])]));
        Assert.Null(GroupEvaluation.CommonSeed([FixedGroups.Of("a", [1], [0.1]), FixedGroups.Of("b", [2], [0.1])]));
        Assert.Null(GroupEvaluation.CommonSeed([]));
    }
}
