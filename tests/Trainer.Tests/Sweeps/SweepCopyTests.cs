using Trainer.Tests.Commands;

namespace Trainer.Tests.Sweeps;

/// <summary>The sweep file that a sweep keeps beside its index.</summary>
public class SweepCopyTests
{
    [Fact]
    public async Task CopyOfTheSweep_IsTheSameSweep()
    {
        using var trial = new SweepTrial();
        const string text = "set: {epochs: 3, optimizer.momentum: 0.5}\ngrid: {model.hidden: [[8], []]}\nzip: {batch_size: [32, 64], device: [cpu, reference]}\n"
            + "random: {samples: 2, keys: {optimizer.lr: {log_uniform: [1e-3, 1]}, evaluate_train: {choice: [true, false]}}}\nseeds: 4\n";
        await trial.RunAsync(text, "--set", "epochs=1");
        (string index, string copy) = (File.ReadAllText(trial.Folder.Index), File.ReadAllText(trial.Folder.Copy));
        Assert.Contains("base: configs/base.yaml\nset:\n  optimizer.momentum: 0.5\n  epochs: 1\ngrid:\n  model.hidden: [[8], []]\n", copy);
        Assert.Contains("random:\n  samples: 2\n  seed: 1\n  keys:\n    optimizer.lr: {log_uniform: [0.001, 1]}\n", copy);
        ProgramOutcome outcome = await trial.Program.RunAsync("sweep", trial.Folder.Copy, "--out", trial.Program.Results);
        Assert.Contains("8 cells, 8 of them there already", outcome.Output);
        Assert.Equal((index, copy), (File.ReadAllText(trial.Folder.Index), File.ReadAllText(trial.Folder.Copy)));
    }

    [Fact]
    public async Task CopyOfASweep_WithASeedFromTheCommandLine_IsTheSameSweep()
    {
        using var trial = new SweepTrial();
        await trial.RunAsync("set: {epochs: 1}\ngrid: {batch_size: [32, 64]}\n", "--set", "seed=3", "--set", "seed=7");
        (string index, string copy) = (File.ReadAllText(trial.Folder.Index), File.ReadAllText(trial.Folder.Copy));
        Assert.Contains(",7,32,completed,1,", index);
        Assert.EndsWith("set:\n  epochs: 1\ngrid:\n  batch_size: [32, 64]\nseeds: [7]\n", copy);
        ProgramOutcome outcome = await trial.Program.RunAsync("sweep", trial.Folder.Copy, "--out", trial.Program.Results);
        Assert.Contains("2 cells, 2 of them there already", outcome.Output);
        Assert.Equal((index, copy), (File.ReadAllText(trial.Folder.Index), File.ReadAllText(trial.Folder.Copy)));
    }
}
