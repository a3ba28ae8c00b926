using System.Globalization;
using Trainer.Configuration;
using Trainer.Failures;
using Trainer.Runs;
using Trainer.Schedules;
using Trainer.Tests.Engines;
using Trainer.Yaml;

namespace Trainer.Tests.Schedules;

public class ScheduleTests
{
    /// <summary>Relative, against PyTorch, which computes most rates from the one before, so that 70 steps carry some 70 roundings
    /// on, and adds 1 + cos x, which cancels near the end; ours computes each rate from the number of the step. 7e-14 at most was
    /// seen, with cosine and one_cycle in the last step, 6e-15 elsewhere.</summary>
    private const double PytorchTolerance = 1e-12;

    private const double Lr = 0.1;

    private static readonly GoldenRuns Golden = GoldenRuns.Read();

    public static TheoryData<string> All() => [.. Golden.Schedules.Rates.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void Rates_MatchPytorch_StepByStep(string text)
    {
        double[] expected = Golden.Schedules.Rates[text];
        long perEpoch = Golden.Schedules.StepsPerEpoch;
        double[] rates = Rates(text, Golden.Epochs, perEpoch, Golden.Schedules.Lr);
        Assert.Equal(Golden.Epochs * perEpoch, expected.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], rates[k], Math.Abs(expected[k]) * PytorchTolerance);
        }
    }

    [Fact]
    public void Schedules_OfTheScript_AreAllThereAre() => Assert.Equal(
        Registry.Of<Schedule>().Types.ToHashSet(),
        Golden.Schedules.Rates.Keys.Select(text => Read(text).Schedule.GetType()).Append(typeof(ReduceOnPlateau)).ToHashSet());

    [Theory]
    [MemberData(nameof(All))]
    public void Rate_DependsOnTheNumberOfTheStepAlone(string text)
    {
        Experiment experiment = Read(text);
        var steps = new StepCounts(7, 140);
        double[] forward = [.. Enumerable.Range(1, 140).Select(step => experiment.Schedule.Rate(Lr, step, steps))];
        double[] backward = [.. Enumerable.Range(1, 140).Reverse().Select(step => experiment.Schedule.Rate(Lr, step, steps)).Reverse()];
        Assert.Equal(forward, backward);
        Assert.All(forward, rate => Assert.InRange(rate, 0, 0.8));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Rate_FallsOnlyWhereTheScheduleFalls(string text)
    {
        double[] rates = Rates(text, 20, 7);
        int highest = Array.IndexOf(rates, rates.Max());
        int rising = Enumerable.Range(1, rates.Length - 1).Count(k => k <= highest && rates[k] < rates[k - 1]);
        int falling = Enumerable.Range(1, rates.Length - 1).Count(k => k > highest && rates[k] > rates[k - 1]);
        Assert.Equal((0, 0), (rising, falling));
    }

    [Theory]
    [InlineData("constant", 1, 0.1)]
    [InlineData("constant", 40, 0.1)]
    [InlineData("{name: step, step_size: 2, gamma: 0.5}", 8, 0.1)]
    [InlineData("{name: step, step_size: 2, gamma: 0.5}", 9, 0.05)]
    [InlineData("{name: step, step_size: 2, gamma: 0.5}", 40, 0.1 / 16)]
    [InlineData("{name: multi_step, milestones: [1, 3], gamma: 0.5}", 4, 0.1)]
    [InlineData("{name: multi_step, milestones: [1, 3], gamma: 0.5}", 5, 0.05)]
    [InlineData("{name: multi_step, milestones: [1, 3], gamma: 0.5}", 13, 0.025)]
    [InlineData("{name: exponential, gamma: 0.5}", 4, 0.1)]
    [InlineData("{name: exponential, gamma: 0.5}", 40, 0.1 / 512)]
    [InlineData("{name: inverse_time, decay: 1}", 1, 0.1)]
    [InlineData("{name: inverse_time, decay: 1}", 5, 0.05)]
    [InlineData("{name: inverse_time, decay: 1}", 7, 0.04)]
    [InlineData("polynomial", 21, 0.05)]
    [InlineData("{name: polynomial, power: 3}", 21, 0.0125)]
    [InlineData("{name: polynomial, power: 0.5}", 31, 0.05)]
    [InlineData("polynomial", 40, 0.1 / 40)]
    [InlineData("cosine", 1, 0.1)]
    [InlineData("cosine", 21, 0.05)]
    [InlineData("{name: cosine, min_lr: 0.02}", 21, 0.06)]
    [InlineData("one_cycle", 1, 0.004)]
    [InlineData("one_cycle", 12, 0.1)]
    [InlineData("one_cycle", 40, 4e-7)]
    [InlineData("{name: one_cycle, max_lr: 0.3, pct_start: 1}", 40, 0.3)]
    [InlineData("{name: constant, warmup: {steps: 10, start_factor: 0.2}}", 1, 0.02)]
    [InlineData("{name: constant, warmup: {steps: 10, start_factor: 0.2}}", 6, 0.06)]
    [InlineData("{name: constant, warmup: {steps: 10, start_factor: 0.2}}", 11, 0.1)]
    [InlineData("{name: constant, warmup: {kind: cosine, epochs: 2, start_factor: 0.2}}", 5, 0.06)]
    [InlineData("{name: constant, warmup: {epochs: 10, start_factor: 0}}", 40, 0.1 * 39 / 40)]
    [InlineData("{name: step, step_size: 1, gamma: 0.5, warmup: {epochs: 1}}", 5, 0.1)]
    [InlineData("{name: step, step_size: 1, gamma: 0.5, warmup: {epochs: 1}}", 9, 0.05)]
    [InlineData("{name: polynomial, warmup: {steps: 20}}", 31, 0.05)]
    [InlineData("{name: one_cycle, warmup: {steps: 10, start_factor: 0.5}}", 1, 0.002)]
    public void Rate_IsThatOfTheClosedForm(string text, int step, double expected) =>
        // Ten epochs of four steps; a few roundings.
        Assert.Equal(expected, Rates(text, 10, 4)[step - 1], 1e-15);

    [Theory]
    [InlineData("one_cycle")]
    [InlineData("cosine")]
    [InlineData("polynomial")]
    [InlineData("{name: one_cycle, pct_start: 1}")]
    [InlineData("{name: one_cycle, pct_start: 0}")]
    [InlineData("{name: cosine, warmup: {steps: 1}}")]
    public void Rate_OfARunOfOneStep_IsAUsualNumber(string text) => Assert.InRange(Assert.Single(Rates(text, 1, 1)), 1e-7, Lr);

    /// <summary>The digits were computed by another program, with the same operations in the same order.</summary>
    [Theory]
    [InlineData("cosine", "3FB999999999999A 3FB98E2A77C0D62E 3FB1C47FD78DB6A4 3E0816DB77843BF6")]
    [InlineData("{name: polynomial, power: 0.9}", "3FB999999999999A 3FB8FC8049ED0B16 3FB0D0A42D2AB6ED 3EEDE744442F2AB8")]
    [InlineData("{name: exponential, gamma: 0.9}", "3FB999999999999A 3FB999999999999A 3FA87D2214A7D7CD 3F8BAA5A7BEE9C70")]
    [InlineData("one_cycle", "3F70624DD2F1AA00 3F77F6F4614C1880 3FB8EA6B0BEA14DE 3E9AD7F29ABCAF48")]
    [InlineData("{name: inverse_time, decay: 0.3, warmup: {kind: cosine, epochs: 1}}", "3F847AE147AE147C 3FAE789A5E4E98A0 3FA16C0AEBD8FED5 3F8E91914D847247")]
    public void Rates_HaveTheSameBits_OnEveryMachine(string text, string bits)
    {
        double[] rates = Rates(text, 20, 938);
        Assert.Equal(bits, string.Join(' ', new[] { 1, 500, 7001, 18_760 }.Select(
            step => BitConverter.DoubleToInt64Bits(rates[step - 1]).ToString("X16", CultureInfo.InvariantCulture))));
    }

    [Theory]
    [InlineData("{name: step, step_size: 0}", "schedule.step_size: must be at least 1 and at most 100000, not 0")]
    [InlineData("step", "schedule.step_size: missing; write e.g. 'schedule: {name: step, step_size: 10}'")]
    [InlineData("{name: step, step_size: 2, gamma: -0.1}", "schedule.gamma: must be greater than 0 and at most 1, not -0.1")]
    [InlineData("{name: multi_step, milestones: []}", "schedule.milestones: must name at least one epoch, as in [10, 15]")]
    [InlineData("{name: multi_step, milestones: [3, 3]}", "schedule.milestones: must increase from one to the next, and [3, 3] do not")]
    [InlineData("{name: cosine, min_lr: 0.2}", "schedule.min_lr: 0.2 is above optimizer.lr 0.1, and the rate is to fall; choose a smaller one")]
    [InlineData("{name: cosine, min_lr: -0.2}", "schedule.min_lr: must be at least 0 and at most 1E+30, not -0.2")]
    [InlineData("{name: one_cycle, max_lr: 0}", "schedule.max_lr: must be at least 1E-30 and at most 1E+30, not 0")]
    [InlineData("{name: one_cycle, pct_start: 2}", "schedule.pct_start: must be at least 0 and at most 1, not 2")]
    [InlineData("{name: one_cycle, div_factor: 0.5}", "schedule.div_factor: must be at least 1 and at most 1E+30, not 0.5")]
    [InlineData("{name: polynomial, power: 0}", "schedule.power: must be greater than 0 and at most 16, not 0")]
    [InlineData("{name: constant, warmup: {}}", "schedule.warmup.steps: how long is the warm-up? give steps or epochs, e.g. 'epochs: 1'")]
    [InlineData("{name: constant, warmup: {steps: 2, epochs: 1}}", "schedule.warmup.steps: and epochs both say how long the warm-up is; remove one of them")]
    [InlineData("{name: constant, warmup: {steps: 0}}", "schedule.warmup.steps: must be at least 1 and at most 1000000000, not 0")]
    [InlineData("{name: constant, warmup: {steps: 2, start_factor: 1.5}}", "schedule.warmup.start_factor: must be at least 0 and at most 1, not 1.5")]
    [InlineData("{name: constant, warmup: {epochs: 21}}", "schedule.warmup.epochs: 21 epochs are longer than the run of 20; choose fewer, or a greater 'epochs'")]
    [InlineData("cosin", "schedule: 'cosin' is not known; did you mean 'cosine'?")]
    public void Schedule_ThatMakesNoSense_IsRefusedInALine(string text, string problem)
    {
        string message = Assert.Throws<ConfigException>(() => Read(text)).Message;
        Assert.Contains(problem, message);
        Assert.StartsWith("c.yaml(4,", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void Rate_BeforeTheFirstStep_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantRate().Rate(Lr, 0, new StepCounts(1, 1)));

    private static double[] Rates(string text, int epochs, long perEpoch, double lr = Lr)
    {
        Schedule schedule = Read(text, lr).Schedule;
        var steps = new StepCounts(perEpoch, epochs * perEpoch);
        return [.. Enumerable.Range(1, (int)steps.Total).Select(step => schedule.Rate(lr, step, steps))];
    }

    private static Experiment Read(string text, double lr = Lr) => ConfigReader.ReadText<Experiment>(
        FormattableString.Invariant($"name: t\nmodel: {{hidden: []}}\noptimizer: {{name: sgd, lr: {lr}}}\nschedule: {text}\n"), "c.yaml");
}
