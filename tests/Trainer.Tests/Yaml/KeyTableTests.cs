using Trainer.Yaml;

namespace Trainer.Tests.Yaml;

public class KeyTableTests
{
    [Fact]
    public void Of_ListsEveryKeyPath_WhereItBelongs() => Assert.Equal(
        [
            "name", "model", "model.hidden", "model.activation", "model.activation.name", "model.activation.slope",
            "optimizer", "optimizer.name", "optimizer.lr", "optimizer.weight_decay", "optimizer.betas", "optimizer.eps",
            "optimizer.weight_decay", "optimizer.momentum", "optimizer.nesterov", "batch_size", "epochs", "seed",
            "data", "data.source", "data.validation", "data.folder", "device", "evaluate_train", "clip_norm", "note",
            "schedule", "schedule.name", "schedule.final", "schedule.at", "mixing", "mixing.alpha", "mixing.on",
        ],
        KeyTable.Of(typeof(SampleExperiment)).Select(row => row.Path));

    [Fact]
    public void Of_SaysWhichKindsHaveAKey_UnlessAllHaveIt()
    {
        IReadOnlyList<KeyRow> rows = KeyTable.Of(typeof(SampleOptimizer));
        Assert.Equal([], rows.Single(row => row.Path == "lr").Kinds);
        Assert.Equal(["adam"], rows.Single(row => row.Path == "betas").Kinds);
        Assert.Equal([("adam", "0.01"), ("sgd", "0")],
            rows.Where(row => row.Path == "weight_decay").Select(row => (Assert.Single(row.Kinds), row.Default)));
    }

    [Fact]
    public void Markdown_SaysAllThatIsKnownOfAKey()
    {
        string[] lines = KeyTable.Markdown(typeof(SampleExperiment)).Split('\n');
        Assert.Equal("| key | value | default | limits | meaning |", lines[0]);
        Assert.Equal("| --- | --- | --- | --- | --- |", lines[1]);
        Assert.Contains("| `model.hidden` | a list of whole numbers | `[128, 64]` | at least 1 and at most 4096 | Units of each hidden layer. |", lines);
        Assert.Contains("| `optimizer.lr` | a number | required | greater than 0 | Step size \\| per step. |", lines);
        Assert.Contains("| `optimizer.weight_decay` (adam) | a number | `0.01` | at least 0 and at most 0.5 |  |", lines);
        Assert.Contains("| `data.source` | one of: auto, fashion-mnist, embedded-garments | `auto` |  |  |", lines);
        Assert.Contains("| `schedule` | one of: cosine, steps, or null | `null` |  |  |", lines);
        Assert.Equal("", lines[^1]);
    }
}
