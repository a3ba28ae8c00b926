using System.Collections.Concurrent;

namespace Trainer.Tests.Storage;

/// <summary>Every single write, flush and rename of a run fails in turn, in every way, and is cut off there; started again, the run ends as
/// if nothing had been. A sample of it here; all of it, under List=faults, is a step of CI's own.</summary>
public class FaultyRunTests
{
    // A prime, so that every kind of fault meets every kind of operation.
    private const int Sample = 41;

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["momentum, cosine"] = """
            model: {hidden: [8, 6]}
            optimizer: {name: sgd, lr: 0.1, momentum: 0.9}
            schedule: cosine
            batch_size: 5
            """,
        ["plateau, validation"] = """
            model: {hidden: [8, 6]}
            optimizer: {name: sgd, lr: 0.1}
            schedule: {name: reduce_on_plateau, patience: 0}
            batch_size: 4
            data: {source: embedded, validation: 12}
            """,
        ["adam, dropout, batch norm"] = """
            model: {hidden: [8, 6], dropout: 0.2, normalization: batch_norm}
            optimizer: {name: adam, lr: 0.01}
            batch_size: 6
            data: {source: embedded, validation: 12}
            """,
        ["early stopping, average"] = """
            model: {hidden: [8, 6], dropout: 0.2}
            optimizer: {name: sgd, lr: 1.0e-30, momentum: 0.9}
            early_stopping: {patience: 2}
            ema: {decay: 0.9}
            batch_size: 16
            data: {source: embedded, validation: 12}
            """,
        ["line search"] = """
            model: {hidden: [8, 6]}
            optimizer: line_search
            batch_size: 60
            """,
        ["diagnostics, tensorboard"] = """
            model: {hidden: [8, 6]}
            optimizer: {name: sgd, lr: 0.1, momentum: 0.9}
            batch_size: 15
            diagnostics: true
            tensorboard: true
            """,
    };

    public static TheoryData<string> Configurations => [.. Texts.Keys];

    [Theory]
    [MemberData(nameof(Configurations))]
    public Task ARun_WhoseDiskFailsSomewhere_EndsAsIfNothingHadBeen(string configuration) =>
        EndsAsIfNothingHadBeen(configuration, Fault.None, index => index % Sample == 0);

    [Theory]
    [Trait("List", "faults")]
    [MemberData(nameof(Configurations))]
    public Task ARun_WhoseDiskFailsAnywhere_EndsAsIfNothingHadBeen(string configuration) =>
        EndsAsIfNothingHadBeen(configuration, Fault.None, _ => true);

    [Fact]
    public Task AResumedRun_WhoseDiskFailsSomewhere_EndsAsIfNothingHadBeen() =>
        EndsAsIfNothingHadBeen("diagnostics, tensorboard", Halfway, index => index % Sample == 0);

    [Fact]
    [Trait("List", "faults")]
    public Task AResumedRun_WhoseDiskFailsAnywhere_EndsAsIfNothingHadBeen() =>
        EndsAsIfNothingHadBeen("diagnostics, tensorboard", Halfway, _ => true);

    [Theory]
    [InlineData(FaultKind.KilledBefore)]
    [InlineData(FaultKind.KilledHalfway)]
    [InlineData(FaultKind.CutToFlushed)]
    [InlineData(FaultKind.CutToNames)]
    [InlineData(FaultKind.CutToBytes)]
    public async Task ARun_ThatIsEndedAgainAndAgain_EndsAsIfNothingHadBeen(FaultKind kind)
    {
        using var run = new FaultyRun(Texts["diagnostics, tensorboard"]);
        await run.BeginAsync(Fault.None);
        (int starts, string? problem) = await run.EndAgainAndAgainAsync(start => new Fault(kind, 20 + (7 * start)));
        Assert.Null(problem);
        Assert.True(starts > 4, $"{starts} starts");
    }

    // Behind the first epoch and its checkpoint.
    private static Fault Halfway => new(FaultKind.CutToFlushed, 150);

    private static async Task EndsAsIfNothingHadBeen(string configuration, Fault before, Func<int, bool> isChosen)
    {
        using var run = new FaultyRun(Texts[configuration]);
        await run.BeginAsync(before);
        var problems = new ConcurrentBag<string>();
        Fault[] faults = [.. run.Operations
            .SelectMany((done, index) => Fault.All(index + 1, done.Operation))
            .Where((_, index) => isChosen(index))];
        await Parallel.ForEachAsync(faults, async (fault, _) =>
        {
            if (await run.ProblemAsync(fault) is { } problem)
            {
                problems.Add(problem);
            }
        });
        Assert.True(
            problems.IsEmpty, $"{problems.Count} of {faults.Length} faults at {run.Operations.Count} operations:\n{string.Join('\n', problems.Take(20))}");
    }
}
