using Trainer.Data;
using Trainer.Diagnostics;
using Trainer.Doctor;
using Trainer.Results;
using Trainer.Runs;
using Trainer.Tests.Engines;
using Trainer.Yaml;

namespace Trainer.Tests.Doctor;

/// <summary>What is offered to a run goes with what it has.</summary>
public class RemedyTests
{
    private const string Plain = "optimizer: {name: sgd, lr: 0.1}\nmodel: {hidden: [40, 20], init: {name: normal, std: 0.3}}";
    private const string LineSearch = "optimizer: line_search\nbatch_size: 500\nmodel: {hidden: [40, 20]}";
    private const string OneCycle = "optimizer: {name: sgd, lr: 0.1}\nschedule: {name: one_cycle, max_lr: 0.5}\nmodel: {hidden: [40, 20]}";
    private const string Mixed = "optimizer: {name: sgd, lr: 0.1}\nmodel: {hidden: [40, 20], activations: [tanh, sigmoid]}";

    private static readonly string[] Configurations =
    [
        Plain,
        LineSearch,
        OneCycle,
        Mixed,
        "optimizer: {name: sgd, lr: 0.1}\nmodel: {hidden: []}",
        "optimizer: {name: sgd, lr: 0.1, momentum: 0.9, nesterov: true}\nmodel: {hidden: [40, 20]}\nema: {decay: 0.99}",
        "optimizer: {name: sgd, lr: 1.0e-3}\nmodel: {hidden: [40, 20], normalization: {name: batch_norm, momentum: 0.2}, dropout: 0.5}\nbatch_size: 60",
        "optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40, 20], activation: leaky_relu}\nbatch_size: 64\nmicro_batch: 16",
        "optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40, 20]}\nbatch_size: 1\ndata: {validation: 50}\nearly_stopping: {patience: 3}",
        "optimizer: {name: adamw, lr: 0.001}\nmodel: {hidden: [40, 20]}\nschedule: {name: cosine, min_lr: 0.0005}\nclipping: {norm: 0.5}",
        "optimizer: {name: lion, lr: 0.0001}\nmodel: {hidden: [40, 20]}\nschedule: {name: constant, warmup: {steps: 7}}\nclipping: {value: 2}",
        "optimizer: {name: rmsprop, lr: 1.0e-30}\nmodel: {hidden: [40, 20], init: he_normal}\nschedule: {name: multi_step, milestones: [1]}",
        "optimizer: {name: sgd, lr: 1.0e+30}\nmodel: {hidden: [8], init: pytorch}\nepochs: 100000\nschedule: {name: reduce_on_plateau, monitor: train_loss}",
        "optimizer: {name: sgd, lr: 0.1}\nmodel: {hidden: [40, 20]}\nregularization: {l2: 0.001, weight_decay: 0.5, max_norm: 3}\nbatch_size: 499",
    ];

    public static TheoryData<string> All() => [.. Configurations];

    [Theory]
    [MemberData(nameof(All))]
    public void EveryRemedy_IsAccepted_AndMakesAnotherExperiment(string config)
    {
        Experiment experiment = Read(config);
        string text = ConfigWriter.Write(experiment), identity = ConfigWriter.Identity(experiment);
        foreach (RecordedRun run in Ill(experiment))
        {
            foreach (Remedy remedy in All(run).SelectMany(found => found.Try))
            {
                Experiment other = ConfigReader.ReadText<Experiment>(text, "config.yaml", remedy.Set);
                Assert.NotEqual(identity, ConfigWriter.Identity(other));
                Trainer.Runs.Run.Setup(other, Images).Checked();
            }
        }
    }

    [Fact]
    public void EveryRule_FindsItsIllness_InAPlainRun_AndHasARemedy()
    {
        Finding[] findings = [.. Ill(Read(Plain)).SelectMany(All)];
        Assert.All(findings, finding => Assert.NotEmpty(finding.Try));
        Assert.Equal(
            RuleList.All.Select(rule => rule.Name).Order(),
            Ill(Read(Plain)).SelectMany(run => Diagnosis.Of(run).Findings).Select(found => found.Rule.Name).Distinct().Order());
    }

    [Theory]
    [InlineData(LineSearch, "optimizer.lr")]
    [InlineData(LineSearch, "schedule")]
    [InlineData(LineSearch, "clipping")]
    [InlineData(LineSearch, "regularization")]
    [InlineData(OneCycle, "optimizer.lr")]
    [InlineData(OneCycle, "optimizer=")]
    [InlineData(Mixed, "model.activation=")]
    [InlineData(Mixed, "model.hidden=[32]")]
    [InlineData("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40]}", "optimizer=")]
    [InlineData("optimizer: {name: adamw, lr: 0.001}\nmodel: {hidden: [40]}", "regularization")]
    [InlineData("optimizer: {name: lion, lr: 0.001}\nmodel: {hidden: [40]}", "regularization")]
    [InlineData("optimizer: {name: sgd, lr: 0.001}\nmodel: {hidden: [40]}\nregularization: {weight_decay: 0.5}", "regularization")]
    [InlineData("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40], dropout: 0.5}", "model.dropout")]
    [InlineData("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [32]}", "model.hidden=[32]")]
    [InlineData("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40]}\nema: {decay: 0.9}", "model.normalization")]
    [InlineData("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40]}\nmicro_batch: 5", "model.normalization")]
    [InlineData("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40]}\nbatch_size: 1", "model.normalization")]
    [InlineData("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40]}\nbatch_size: 499", "model.normalization")]
    [InlineData("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40], normalization: {name: batch_norm, momentum: 0.2}}", "model.normalization")]
    [InlineData("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40]}\nschedule: {name: step, step_size: 2}", "schedule={")]
    [InlineData("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40]}\nschedule: {name: step, step_size: 2}", "schedule=cosine")]
    [InlineData("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40]}\nclipping: {norm: 0.5}", "clipping")]
    [InlineData("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40]}\ndata: {validation: 50}\nearly_stopping: {patience: 3}", "epochs=")]
    public void NoRemedy_DoesNothing_OrUndoesWhatIsThere(string config, string absent) => Assert.DoesNotContain(
        Ill(Read(config)).SelectMany(All).SelectMany(finding => finding.Try).SelectMany(remedy => remedy.Set),
        set => set.StartsWith(absent, StringComparison.Ordinal));

    [Theory]
    [InlineData(Plain, "optimizer.lr=0.01")]
    [InlineData(Plain, "regularization.weight_decay=0.0001")]
    [InlineData("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40]}\nregularization: {l1: 0.001}", "regularization.weight_decay=0.01")]
    [InlineData(OneCycle, "schedule.max_lr=0.05")]
    [InlineData(Mixed, "model.activations=[relu, relu]")]
    [InlineData("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40]}\nschedule: {name: step, step_size: 2}", "schedule.warmup.epochs=1")]
    [InlineData("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40]}\nschedule: {name: constant, warmup: {epochs: 2}}", "schedule.name=cosine")]
    public void Remedy_NamesTheKeyThatDecides_AndKeepsWhatIsBesideIt(string config, string offered) => Assert.Contains(
        Ill(Read(config)).SelectMany(All).SelectMany(finding => finding.Try), remedy => remedy.Set.SequenceEqual([offered]));

    [Theory]
    [InlineData("", "data.validation=5000 early_stopping.patience=5")]
    [InlineData("data: {validation: 50}", "early_stopping.patience=5")]
    [InlineData("data: {validation: 50}\nearly_stopping: {patience: 3}", null)]
    public void OverFitting_IsStoppedByValidation_NeverByTheTestRows(string more, string? stop)
    {
        RecordedRun run = OverFitted(Read("optimizer: {name: adam, lr: 0.001}\nmodel: {hidden: [40]}\n" + more)) with { Images = null };
        Finding finding = Assert.Single(Diagnosis.Of(run).Findings).Finding;
        Assert.DoesNotContain(finding.Try, remedy => remedy.Set.Any(set => set.StartsWith("epochs", StringComparison.Ordinal)));
        Assert.Equal(stop, finding.Try.Select(remedy => string.Join(' ', remedy.Set)).SingleOrDefault(set => set.Contains("early_stopping")));
    }

    [Fact]
    public void FindingWithoutRemedies_SaysSo()
    {
        RecordedRun run = Run(Read(LineSearch), [2.3, 1, 0.8]) with
        {
            Status = new RunStatus(RunState.Diverged, 0, 2, default, "the loss was no number"),
        };
        var diagnosis = Diagnosis.Of(run);
        Assert.Empty(Assert.Single(diagnosis.Findings).Finding.Try);
        using var output = new StringWriter();
        new DoctorReport(output).Write(run, diagnosis);
        Assert.Contains("\n  try    another configuration: ", output.ToString().ReplaceLineEndings("\n"));
    }

    private static DataSet Images { get; } = TestData.Set(500, 20, 12, 10);

    private static Experiment Read(string config) => ConfigReader.ReadText<Experiment>("name: made\n" + config, "made.yaml");

    private static IEnumerable<Finding> All(RecordedRun run)
    {
        var diagnosis = Diagnosis.Of(run);
        return diagnosis.Findings.Concat(diagnosis.Consequences).Select(found => found.Finding);
    }

    /// <summary>A run for each thing that can be wrong.</summary>
    private static IEnumerable<RecordedRun> Ill(Experiment experiment)
    {
        RecordedRun well = Run(experiment, [2.3, 1, 0.8]);
        var diverged = new RunStatus(RunState.Diverged, 0, 2, default, "the loss was no number");
        LayerProbe layer = well.Initial[0];
        yield return well with { Status = diverged };
        yield return well with { Status = diverged, Rows = [] };
        foreach (LayerProbe ill in (LayerProbe[])[layer with { DistinctUnits = 1 }, layer with { SaturatedShare = 1 }, layer with { DeadShare = 1 }, layer with { SignalNorm = 1e-9 }])
        {
            yield return well with { Last = [ill, layer, layer] };
            yield return well with { Initial = [ill, layer, layer], Last = [ill, layer, layer] };
        }
        yield return Run(experiment, [9, 1, 0.8]);
        yield return Run(experiment, [2.3, 0.9, 0.5, 0.9]);
        yield return Run(experiment, [2.3, 2.29, 2.28]);
        yield return OverFitted(experiment);
    }

    private static RecordedRun OverFitted(Experiment experiment)
    {
        RecordedRun run = Run(experiment, [2.3, .. Enumerable.Range(1, 20).Select(k => 0.6 / k)]);
        return run with { Rows = [.. run.Rows.Select(row => row with { TestLoss = 0.4 + (0.05 * row.Epoch) })] };
    }

    private static RecordedRun Run(Experiment experiment, double[] losses)
    {
        LayerProbe[] layers = [.. Enumerable.Range(1, 3).Select(k => new LayerProbe(k, $"hidden layer {k}", 1, 0.1, 1, 0, null, 8, 8))];
        return new RecordedRun
        {
            Experiment = experiment,
            DataSet = "made",
            Images = Images,
            Initial = layers,
            Last = layers,
            Rows = [.. losses.Select((loss, epoch) => new MetricsRow
            {
                Epoch = epoch,
                Step = epoch,
                TrainLoss = loss,
                RunningLoss = epoch == 0 ? null : loss,
                TestLoss = loss,
            })],
        };
    }
}
