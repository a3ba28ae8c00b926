using Trainer.Diagnostics;
using Trainer.Doctor;
using Trainer.Losses;
using Trainer.Optimizers;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Tests.Doctor;

/// <summary>Where each rule begins, on curves and layers made by hand.</summary>
public class RuleTests
{
    [Theory]
    [InlineData(3.30, false)]
    [InlineData(3.31, true)]
    public void StartLoss_BeginsANatAboveAnEvenGuess(double loss, bool found) =>
        Assert.Equal(found, Found(Run([loss, 1, 0.8])).Contains("start-loss"));

    [Fact]
    public void StartLoss_SaysNothingOfAnotherLoss() =>
        Assert.Empty(Found(Run([9, 1, 0.8]) with { Experiment = Experiment with { Loss = new MeanSquaredError() } }));

    [Theory]
    [InlineData(new[] { 2.3, 2.29, 2.25 }, true)]
    [InlineData(new[] { 2.3, 2.2, 2.05 }, false)]
    [InlineData(new[] { 2.3, 2.29 }, false)]
    public void RateTooLow_BeginsBelowATenthInTwoEpochs(double[] losses, bool found) =>
        Assert.Equal(found, Found(Run(losses)).Contains("rate-too-low"));

    [Theory]
    [InlineData(0.6, 0.7, true, false)]
    [InlineData(2.28, 2.29, true, true)]
    [InlineData(2.5, 0.5, false, false)]
    [InlineData(2.28, 2.29, false, true)]
    public void RateTooLow_ComparesWhatIsMeasuredAlike_NotTheSmoothedLossOfTraining(double train, double test, bool isMeasured, bool found)
    {
        // Label smoothing and dropout keep the loss near that of guessing while the weights move, however well they do.
        double running = isMeasured || found ? 2.25 : 0.1;
        RecordedRun run = Run([2.3, train, train], [2.3, test, test]);
        MetricsRow[] rows = [.. run.Rows.Select(row => row with
        {
            TrainLoss = isMeasured ? row.TrainLoss : null,
            RunningLoss = row.Epoch == 0 ? null : running,
        })];
        Assert.Equal(found, Found(run with { Rows = rows }).Contains("rate-too-low"));
    }

    [Fact]
    public void RateTooLow_IsNotSeenInOneBadEpoch() => Assert.DoesNotContain("rate-too-low", Found(Run([2.3, 0.6, 2.2])));

    [Theory]
    [InlineData(new[] { 2.3, 0.9, 0.5, 0.7 }, true)]
    [InlineData(new[] { 2.3, 0.9, 0.5, 0.55 }, false)]
    [InlineData(new[] { 2.3, 2.6, 2.5, 2.5 }, true)]
    [InlineData(new[] { 2.3, 2.31, 2.31, 2.31 }, false)]
    public void RateTooHigh_BeginsWhereTheRunningLossRises_OrStaysAboveAnEvenGuess(double[] losses, bool found) =>
        Assert.Equal(found, Found(Run(losses)).Contains("rate-too-high"));

    [Theory]
    [InlineData(0.25, false)]
    [InlineData(0.4, true)]
    public void RateTooHigh_BeginsWhereTheLossAtTheEndsJumps(double jump, bool found)
    {
        RecordedRun run = Run([2.3, 1, 0.9, 0.85, 0.82, 0.8]);
        MetricsRow[] rows = [.. run.Rows.Select(row => row with { TrainLoss = row.TrainLoss + (row.Epoch % 2 == 1 ? 0 : jump) })];
        Assert.Equal(found, Found(run with { Rows = rows }).Contains("rate-too-high"));
    }

    [Fact]
    public void OverFitting_NamesTheEpoch_AndIsANoteWhileMild()
    {
        double[] train = [2.3, .. Enumerable.Range(1, 20).Select(k => 0.6 / k)];
        double[] strong = [2.3, 0.6, 0.5, 0.45, 0.43, 0.42, .. Enumerable.Range(0, 15).Select(k => 0.43 + (0.02 * k))];
        Finding finding = Assert.Single(Diagnosis.Of(Run(train, strong)).Findings).Finding;
        Assert.Equal(Severity.Problem, finding.Severity);
        Assert.StartsWith("from epoch 6 on: the test loss was 0.43 and is 0.69 at the end", finding.Seen, StringComparison.Ordinal);
        double[] mild = [.. strong.Select((loss, epoch) => epoch > 5 ? 0.43 + (0.004 * (epoch - 6)) : loss)];
        Diagnosis note = Diagnosis.Of(Run(train, mild));
        Assert.Equal(Severity.Note, Assert.Single(note.Findings).Finding.Severity);
        Assert.False(note.HasProblems);
    }

    [Fact]
    public void OverFitting_IsNotSeenInOneBadEpoch_NorWhereTheTrainingLossRisesToo()
    {
        double[] train = [2.3, .. Enumerable.Range(1, 20).Select(k => 0.6 / k)];
        double[] flat = [2.3, .. Enumerable.Repeat(0.4, 19), 0.7];
        Assert.Empty(Found(Run(train, flat)));
        double[] rising = [2.3, 0.5, 0.4, 0.38, .. Enumerable.Range(4, 17).Select(k => 0.38 + (0.005 * k))];
        Assert.DoesNotContain("over-fitting", Found(Run(rising, rising)));
    }

    [Fact]
    public void OverFitting_IsJudgedByValidation_WhereThereIsOne()
    {
        double[] train = [2.3, .. Enumerable.Range(1, 10).Select(k => 0.6 / k)];
        RecordedRun run = Run(train, [2.3, .. Enumerable.Range(1, 10).Select(k => 0.4 + (0.05 * k))]);
        MetricsRow[] rows = [.. run.Rows.Select(row => row with { ValLoss = 0.4 })];
        Assert.Empty(Found(run with { Rows = rows }));
    }

    [Theory]
    [InlineData(0.49, null, "")]
    [InlineData(0.5, null, "dead-units")]
    [InlineData(1.0, 0.2, "")]
    [InlineData(0.0, 0.9, "saturated-units")]
    public void Units_AreJudgedByTheWorstLayer_AndASigmoidIsNeverDead(double dead, double? saturated, string found)
    {
        LayerProbe[] layers = [Layer(1, 0.1), Layer(2, 0.1) with { DeadShare = dead, SaturatedShare = saturated }, Layer(3, 0.1)];
        Assert.Equal(found, string.Concat(Found(Run([2.3, 0.6, 0.5]) with { Last = layers })));
    }

    [Fact]
    public void Saturation_CountsSoonerBeforeTraining()
    {
        LayerProbe[] layers = [Layer(1, 0.1) with { SaturatedShare = 0.3 }, Layer(2, 0.1), Layer(3, 0.1)];
        Assert.Equal(["saturated-units"], Found(Run([2.3, 0.6, 0.5]) with { Initial = layers }));
        Assert.Empty(Found(Run([2.3, 0.6, 0.5]) with { Last = layers }));
    }

    [Theory]
    [InlineData(1.1e-4, false)]
    [InlineData(0.9e-4, true)]
    public void VanishingGradients_BeginAtAThousandthOfTheError(double first, bool found) =>
        Assert.Equal(found, Found(Run([2.3, 0.6, 0.5]) with { Last = [Layer(1, first), Layer(2, 0.01), Layer(3, 0.1)] }).Contains("vanishing-gradients"));

    [Fact]
    public void VanishingGradients_AreNoFinding_BeforeTraining() =>
        Assert.Empty(Found(Run([2.3]) with { Last = [Layer(1, 1e-6), Layer(2, 0.01), Layer(3, 0.1)] }));

    [Fact]
    public void Consequences_AreNamed_ButNotCounted()
    {
        LayerProbe[] equal = [Layer(1, 0) with { DistinctUnits = 1, DeadShare = 1 }, Layer(2, 0.1), Layer(3, 0.1)];
        Diagnosis diagnosis = Diagnosis.Of(Run([2.3, 2.3, 2.3]) with { Last = equal });
        Assert.Equal(["equal-units"], diagnosis.Findings.Select(found => found.Rule.Name));
        Assert.Equal(["dead-units", "vanishing-gradients", "rate-too-low"], diagnosis.Consequences.Select(found => found.Rule.Name));
    }

    [Fact]
    public void Consequences_NeverGoInACircle_AndNameRulesThatAreThere()
    {
        string[] names = [.. RuleList.All.Select(rule => rule.Name)];
        Assert.Equal(names, names.Distinct());
        Assert.All(RuleList.All, rule => Assert.All(rule.ConsequenceOf, cause => Assert.Contains(cause, names)));
        Assert.All(RuleList.All, rule => Assert.DoesNotContain(rule.Name, Causes(rule)));
    }

    private static readonly Experiment Experiment = new()
    {
        Name = "made",
        Model = new Model { Hidden = [8, 8] },
        Optimizer = new Sgd { Lr = 0.1 },
    };

    /// <summary>All that a rule may follow from, at any distance.</summary>
    private static HashSet<string> Causes(IRule rule)
    {
        HashSet<string> causes = [.. rule.ConsequenceOf];
        for (int known = 0; known < causes.Count;)
        {
            known = causes.Count;
            causes.UnionWith(RuleList.All.Where(other => causes.Contains(other.Name)).SelectMany(other => other.ConsequenceOf).ToArray());
        }
        return causes;
    }

    private static string[] Found(RecordedRun run) => [.. Diagnosis.Of(run).Findings.Select(found => found.Rule.Name)];

    private static LayerProbe Layer(int layer, double signal) => new(layer, $"hidden layer {layer}", 1, signal, 1, 0, null, 8, 8);

    /// <summary>A run with these losses on the training rows, from the untrained network on, and these on the test rows.</summary>
    private static RecordedRun Run(double[] train, double[]? test = null)
    {
        LayerProbe[] layers = [Layer(1, 0.1), Layer(2, 0.1), Layer(3, 0.1)];
        return new RecordedRun
        {
            Experiment = Experiment,
            DataSet = "made",
            Initial = layers,
            Last = layers,
            Rows = [.. train.Select((loss, epoch) => new MetricsRow
            {
                Epoch = epoch,
                Step = epoch,
                TrainLoss = loss,
                RunningLoss = epoch == 0 ? null : loss,
                TestLoss = (test ?? train)[epoch],
            })],
        };
    }
}
