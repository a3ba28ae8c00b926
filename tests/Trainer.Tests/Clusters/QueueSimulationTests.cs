using Trainer.Benchmarks.Queues;

namespace Trainer.Tests.Clusters;

/// <summary>The simulation of a queue against what can be worked out without it.</summary>
public class QueueSimulationTests
{
    private const long Second = 1_000;
    private const long Minute = 60 * Second;
    private const long Hour = 60 * Minute;

    private static readonly QueueScenario Plain = new() { Cells = 1_000, CellTime = 2 * Minute };
    private static readonly QueueSite Site = new();

    // One whose regular passes never come, so that nothing starts between two waves.
    private static readonly QueueSite Quiet = Site with { BackfillInterval = 1_000_000 * Hour, FullInterval = 1_000_000 * Hour };

    /// <summary>Scenarios of all kinds.</summary>
    public static TheoryData<int, int, double, bool, int, int> Mixtures() => new()
    {
        { 24, 1, 0, false, 1, 0 },
        { 24, 1, 2, false, 1, 20 },
        { 1_000, 1, 1, true, 1, 20 },
        { 1_000, 10, 1, false, 5, 30 },
        { 1_000, 10, 0.5, false, 0, 0 },
        { 2_500, 1, 0.5, false, 3, 20 },
        { 10_000, 100, 0.1, false, 1, 0 },
    };

    [Theory]
    [InlineData(24, 1, 50)]
    [InlineData(100, 1, 50)]
    [InlineData(1_000, 1, 50)]
    [InlineData(1_000, 1, 7)]
    [InlineData(10_000, 100, 8)]
    [InlineData(10_000, 10, 100)]
    public void EqualTasks_RunInWaves(int cells, int cellsPerTask, int slots)
    {
        QueueOutcome outcome = QueueSimulation.Of(Plain with { Cells = cells, CellsPerTask = cellsPerTask }, Quiet with { Slots = slots });
        long task = Plain.StartUp + (cellsPerTask * Plain.CellTime);
        long wave = Site.Delay + task;
        int tasks = cells / cellsPerTask;
        int waves = (tasks + slots - 1) / slots;
        Assert.Equal(waves * wave, outcome.Makespan);
        Assert.Equal((waves * wave) - task, outcome.LongestWait);
        Assert.Equal(Site.Delay + (Enumerable.Range(0, tasks).Sum(number => number / slots * wave) / tasks), outcome.MeanWait);
        Assert.Equal(tasks * task, outcome.Paid);
        Assert.Equal(tasks, outcome.Starts);
    }

    [Theory]
    [InlineData(100, 1)]
    [InlineData(101, 30)]
    [InlineData(600, 30)]
    [InlineData(601, 60)]
    [InlineData(10_000, 60)]
    public void ScheduleOfAnEmptyCluster_IsThePassesDepth(int cells, int seconds)
    {
        // 100 at once, 500 more by the first backfill pass, all others by the first full one.
        QueueOutcome outcome = QueueSimulation.Of(
            Plain with { Cells = cells, CellTime = Hour }, Site with { Slots = 20_000, LargestArray = 20_000 });
        Assert.Equal(seconds * Second, outcome.LongestWait);
        Assert.Equal((seconds * Second) + Plain.StartUp + Hour, outcome.Makespan);
    }

    [Fact]
    public void TasksShorterThanTheSchedulersPause_WaitForIt()
    {
        // A task takes 1.52 s, a look comes every 3 s.
        QueueOutcome outcome = QueueSimulation.Of(Plain with { CellTime = 20 }, Site);
        Assert.Equal(Site.Delay + (19 * Site.QuickInterval) + Plain.StartUp + 20, outcome.Makespan);
    }

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void WhatIsPaid_IsTrainedOnce_OrAgain_OrStartsUp(
        int cells, int cellsPerTask, double stops, bool announced, int checkpointEpochs, int minutes)
    {
        QueueScenario scenario = Mixture(cells, cellsPerTask, stops, announced, checkpointEpochs, minutes);
        QueueOutcome outcome = QueueSimulation.Of(scenario, Site);
        Assert.Equal(outcome.Paid, outcome.Useful + outcome.StartUp + outcome.Repeated);
        Assert.Equal(0, outcome.Unfinished);
        Assert.Equal(scenario.Tasks + outcome.Requeues + outcome.Stops, outcome.Starts);
        // Every cell is trained once, and no time passes that no slot had room for.
        Assert.InRange(outcome.Useful, 0.95 * cells * scenario.CellTime, 1.05 * cells * scenario.CellTime);
        Assert.True(outcome.Makespan * Site.Slots >= outcome.Paid);
        Assert.Equal(outcome, QueueSimulation.Of(scenario, Site));
    }

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void AStop_CostsNoMoreThanACheckpointsInterval(
        int cells, int cellsPerTask, double stops, bool announced, int checkpointEpochs, int minutes)
    {
        QueueScenario scenario = Mixture(cells, cellsPerTask, stops, announced, checkpointEpochs, minutes);
        QueueOutcome outcome = QueueSimulation.Of(scenario, Site);
        double longestEpoch = scenario.CellTime * (1 + scenario.Spread) / scenario.Epochs;
        double interval = longestEpoch * (checkpointEpochs == 0 ? scenario.Epochs : checkpointEpochs);
        Assert.InRange(outcome.MostRepeated, announced || stops == 0 ? 0 : 1, announced ? 0 : (long)interval + scenario.Epochs);
        Assert.True(outcome.Repeated <= outcome.Stops * outcome.MostRepeated);
    }

    [Fact]
    public void Stops_AreAsFrequentAsTheyAreSaidToBe_AndCostHalfAnInterval()
    {
        QueueScenario scenario = Plain with { Cells = 10_000, CellTime = Hour, StopsPerHour = 0.5 };
        QueueOutcome outcome = QueueSimulation.Of(scenario, Site);
        double expected = outcome.Paid / (double)Hour * 0.5;
        // Four standard deviations of a Poisson number.
        Assert.InRange(outcome.Stops, expected - (4 * Math.Sqrt(expected)), expected + (4 * Math.Sqrt(expected)));
        double half = Hour / 20 / 2;
        Assert.InRange(outcome.Repeated / (double)outcome.Stops, 0.95 * half, 1.05 * half);
    }

    [Fact]
    public void WithoutCheckpoints_ACellNeedsAsManyStartsAsTheExponentialSays()
    {
        // It is done by the first start that is left alone for an hour and the start-up: a geometric number of starts.
        QueueScenario scenario = Plain with { Cells = 10_000, CellTime = Hour, StopsPerHour = 1, CheckpointEpochs = 0 };
        double starts = QueueSimulation.Of(scenario, Site).Starts / (double)scenario.Cells;
        Assert.InRange(starts, 0.95 * Math.Exp(1 + (1.5 / 3600)), 1.05 * Math.Exp(1 + (1.5 / 3600)));
    }

    [Fact]
    public void ATaskLongerThanItsTimeLimit_GoesOnAfterEachRequeue()
    {
        QueueScenario scenario = Plain with { Cells = 8, CellTime = 5 * Hour, TimeLimit = Hour };
        long share = Hour - scenario.SignalTime - Site.SignalEarly - scenario.StartUp;
        int requeues = (int)((scenario.CellTime - 1) / share);
        QueueOutcome outcome = QueueSimulation.Of(scenario, Site);
        Assert.Equal(8 * requeues, outcome.Requeues);
        Assert.Equal(
            scenario.CellTime + ((requeues + 1) * (scenario.StartUp + Site.Delay)) + (requeues * Site.RequeueWait), outcome.Makespan);
        Assert.Equal(0, outcome.Repeated);
    }

    [Fact]
    public void ATaskThatMayNotGoBackAnyMore_LeavesItsCells()
    {
        QueueScenario scenario = Plain with { Cells = 80, CellsPerTask = 10, CellTime = Hour, TimeLimit = Hour, Requeues = 3 };
        QueueOutcome outcome = QueueSimulation.Of(scenario, Site);
        // Four shares of somewhat less than an hour: three cells.
        Assert.Equal(80 - (8 * 3), outcome.Unfinished);
        Assert.Equal(8 * 3, outcome.Requeues);
        Assert.Equal(8 * 4, outcome.Starts);
    }

    [Fact]
    public void ALimitThatLeavesNoTime_IsRefused() =>
        Assert.Throws<ArgumentException>(() => QueueSimulation.Of(Plain with { TimeLimit = 2 * Minute }, Site));

    [Fact]
    public void Arrays_ShareALimit()
    {
        // Arrays of 1,000, 1,000 and 500 tasks, each with a third of the limit: the first two need 100 waves, the last is done after 50.
        QueueScenario scenario = Plain with { Cells = 2_500, Parallel = 30 };
        long wave = Site.Delay + Plain.StartUp + Plain.CellTime;
        QueueOutcome outcome = QueueSimulation.Of(scenario, Quiet);
        Assert.Equal(3, outcome.Arrays);
        Assert.Equal(100 * wave, outcome.Makespan);
        // Two, two and one at a time: 500 waves each.
        Assert.Equal(500 * wave, QueueSimulation.Of(scenario with { Parallel = 5 }, Quiet).Makespan);
        // With less than a task for each, an array follows another.
        Assert.Equal((1_000 + 500) * wave, QueueSimulation.Of(scenario with { Parallel = 2 }, Quiet).Makespan);
        // Without a limit each takes what room there is.
        QueueOutcome free = QueueSimulation.Of(scenario with { Parallel = null }, Quiet with { Slots = 30 });
        Assert.Equal(84 * wave, free.Makespan);
        Assert.Equal(free.Paid, outcome.Paid);
    }

    [Fact]
    public void SlurmItself_TookAsLong() => Assert.All(QueueTables.Arrays, array =>
        Assert.InRange(QueueTables.Simulated(array.Tasks, array.Seconds, array.Slots), 0.97 * array.Measured, 1.03 * array.Measured));

    [Fact]
    public void MoreSlots_MakeNothingLater()
    {
        QueueScenario scenario = Plain with { Spread = 0.5 };
        long[] makespans = [.. new[] { 1, 2, 5, 10, 20, 50, 100 }
            .Select(slots => QueueSimulation.Of(scenario, Site with { Slots = slots }).Makespan)];
        Assert.Equal(makespans.OrderDescending(), makespans);
        Assert.Equal(makespans.Length, makespans.Distinct().Count());
    }

    [Fact]
    public void MoreStops_AndFewerCheckpoints_CostMore()
    {
        QueueScenario scenario = Plain with { CellTime = Hour, Spread = 0.5 };
        long[] byRate = [.. new[] { 0, 0.1, 0.3, 1, 3 }
            .Select(rate => QueueSimulation.Of(scenario with { StopsPerHour = rate }, Site).Paid)];
        Assert.Equal(byRate.Order(), byRate);
        Assert.Equal(byRate.Length, byRate.Distinct().Count());
        long[] byInterval = [.. new[] { 1, 2, 5, 10, 0 }
            .Select(epochs => QueueSimulation.Of(scenario with { StopsPerHour = 1, CheckpointEpochs = epochs }, Site).Repeated)];
        Assert.Equal(byInterval.Order(), byInterval);
        Assert.Equal(byInterval.Length, byInterval.Distinct().Count());
    }

    [Fact]
    public void MoreCellsInATask_StartLess()
    {
        foreach (int cellsPerTask in new[] { 1, 2, 5, 10, 50 })
        {
            QueueOutcome outcome = QueueSimulation.Of(Plain with { CellsPerTask = cellsPerTask }, Site);
            Assert.Equal(Plain.Cells / cellsPerTask * Plain.StartUp, outcome.StartUp);
            Assert.Equal(Plain.Cells * Plain.CellTime, outcome.Useful);
        }
    }

    private static QueueScenario Mixture(int cells, int cellsPerTask, double stops, bool announced, int checkpointEpochs, int minutes) => new()
    {
        Cells = cells,
        CellTime = 40 * Minute / cellsPerTask,
        Spread = 0.5,
        CellsPerTask = cellsPerTask,
        StopsPerHour = stops,
        IsAnnounced = announced,
        CheckpointEpochs = checkpointEpochs,
        TimeLimit = minutes == 0 ? null : minutes * Minute,
    };
}
