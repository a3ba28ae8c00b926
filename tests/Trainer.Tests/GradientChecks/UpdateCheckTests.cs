using Trainer.GradientChecks;
using Trainer.GradientChecks.Faults;
using Trainer.Optimizers;

namespace Trainer.Tests.GradientChecks;

/// <summary>Update rules against their equations, and faulty ones.</summary>
public class UpdateCheckTests
{
    private static readonly Dictionary<string, Optimizer> Optimizers = new()
    {
        ["plain"] = new Sgd { Lr = 0.1 },
        ["momentum"] = new Sgd { Lr = 0.01, Momentum = 0.9 },
        ["nesterov"] = new Sgd { Lr = 0.01, Momentum = 0.99, Nesterov = true },
        ["tiny rate"] = new Sgd { Lr = 1e-30, Momentum = 0.5 },
        ["dampened"] = new Sgd { Lr = 0.01, Momentum = 0.9, Dampening = 0.3 },
        ["adam, uncorrected"] = new Adam { Lr = 1e-3, BiasCorrection = false },
        ["adam"] = new Adam { Lr = 1e-3 },
        ["adam, other betas"] = new Adam { Lr = 1, Betas = [0.5, 0.99], Eps = 1e-3 },
    };

    public static TheoryData<string> Names() => [.. Optimizers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Rule_FollowsItsEquations_AndEveryFaultIsCaught(string name)
    {
        var check = new UpdateCheck(Optimizers[name], 1);
        Assert.InRange(check.Error()!.Value, 0, UpdateCheck.Tolerance);
        Assert.NotEmpty(check.CheckFaults());
        Assert.All(check.CheckFaults(), fault => Assert.Equal((fault.Fault, FaultVerdict.Caught), (fault.Fault, fault.Verdict)));
    }

    [Fact]
    public void Faults_AreThoseThatTheRuleCanHave()
    {
        Assert.Equal(
            ["update: sign turned, uphill", "momentum: dropped", "momentum: Nesterov's look-ahead dropped"], Names(Optimizers["nesterov"]));
        Assert.Equal(["update: sign turned, uphill", "adam: bias correction dropped", "adam: averages dropped"], Names(Optimizers["adam"]));

        static IEnumerable<string> Names(Optimizer optimizer) => new UpdateCheck(optimizer, 1).CheckFaults().Select(fault => fault.Fault);
    }

    [Fact]
    public void BiasCorrection_OfNoAverage_ChangesNothing()
    {
        FaultOutcome[] faults = [.. new UpdateCheck(new Adam { Lr = 0.1, Betas = [0, 0] }, 1).CheckFaults()];
        Assert.Equal(FaultVerdict.NoChange, faults.Single(fault => fault.Fault == "adam: bias correction dropped").Verdict);
    }

    [Fact]
    public void Rule_WithoutEquations_IsNotSaidToFollowThem()
    {
        var check = new UpdateCheck(new Other { Lr = 0.1 }, 1);
        Assert.False(check.HasEquations);
        Assert.Null(check.Error());
        Assert.Empty(check.CheckFaults());
    }

    private sealed record Other : Optimizer
    {
        public override TResult Accept<TResult>(IUpdateRuleVisitor<TResult> visitor) => new Sgd { Lr = Lr }.Accept(visitor);
    }
}
