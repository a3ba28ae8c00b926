namespace Trainer.Tests.Storage;

/// <summary>Every single write, flush and rename of a run fails in turn, in every way, and is cut off there; started again, the run ends as
/// if nothing had been.</summary>
public class FaultyRunTests
{
    // A prime, so that every kind of fault meets every kind of operation.
    private const int Sample = 29;

    public static TheoryData<string> Configurations => new()
    {
        "model: {hidden: [8, 6]}\noptimizer: {name: sgd, lr: 0.1, momentum: 0.9}\nschedule: cosine\nbatch_size: 5\ndata: {source: embedded}",
        "model: {hidden: [8, 6]}\noptimizer: {name: sgd, lr: 0.1, momentum: 0.9}\nschedule: {name: reduce_on_plateau, patience: 0}\nbatch_size: 5\ndata: {source: embedded, validation: 12}",
        "optimizer: {name: adam, lr: 0.01}\nmodel: {hidden: [8, 6], activation: relu, dropout: 0.2, normalization: batch_norm}\nema: {decay: 0.9}\nbatch_size: 6\ndata: {source: embedded, validation: 12}",
        "model: {hidden: [8, 6]}\noptimizer: {name: sgd, lr: 1.0e-30}\nearly_stopping: {patience: 1}\nbatch_size: 5\ndata: {source: embedded, validation: 12}",
        "model: {hidden: [8, 6]}\noptimizer: line_search\nbatch_size: 60\ndata: {source: embedded}",
        "model: {hidden: [8, 6]}\noptimizer: {name: sgd, lr: 0.1, momentum: 0.9}\ndiagnostics: true\ntensorboard: true\nbatch_size: 10\ndata: {source: embedded}",
    };

    [Theory]
    [MemberData(nameof(Configurations))]
    public Task ARun_WhoseDiskFailsSomewhere_EndsAsIfNothingHadBeen(string configuration) =>
        EndsAsIfNothingHadBeen(configuration, (index, _) => index % Sample == 0);

    [Theory]
    [Trait("List", "faults")]
    [MemberData(nameof(Configurations))]
    public Task ARun_WhoseDiskFailsAnywhere_EndsAsIfNothingHadBeen(string configuration) =>
        EndsAsIfNothingHadBeen(configuration, (_, _) => true);

    private static async Task EndsAsIfNothingHadBeen(string configuration, Func<int, Fault, bool> isChosen)
    {
        using var run = new FaultyRun(configuration);
        await run.BeginAsync();
        var problems = new List<string>();
        int count = 0;
        IEnumerable<Fault> faults = run.Operations.SelectMany((done, index) => Fault.All(index + 1, done.Operation));
        foreach ((int index, Fault fault) in faults.Index().Where(chosen => isChosen(chosen.Index, chosen.Item)))
        {
            count++;
            if (await run.ProblemAsync(fault) is { } problem)
            {
                problems.Add(problem);
            }
        }
        Assert.True(problems.Count == 0, $"{problems.Count} of {count} faults at {run.Operations.Count} operations:\n{string.Join('\n', problems.Take(20))}");
    }
}
