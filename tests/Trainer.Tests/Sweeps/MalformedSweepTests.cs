using Trainer.Failures;
using Trainer.Sweeps;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Sweeps;

/// <summary>One line, with the place, for every sweep that cannot be followed.</summary>
public class MalformedSweepTests
{
    [Theory]
    [InlineData("grid: {optimizer.lr: []}", "(3,8): grid: optimizer.lr: an empty list; write e.g. 'grid: {optimizer.lr: [0.01, 0.1]}'")]
    [InlineData("grid: {}", "(3,1): grid: nothing in it; write e.g.")]
    [InlineData("grid: {optimizer.lr: 0.1}", "(3,8): grid: optimizer.lr: expected a list, found '0.1'; write e.g.")]
    [InlineData("grid: {optimizer: {lr: [1]}}", "(3,8): grid: optimizer: expected a list, found a mapping; write e.g.")]
    [InlineData("grid: {optimizer.lr: [0.1, fast]}", "(3,28): optimizer.lr: 'fast' is not a number")]
    [InlineData("grid: {optimizer.rl: [1]}", "(3,23): optimizer.rl: unknown key of 'sgd'; did you mean 'lr'?")]
    [InlineData("grid: {optimizer.name: [rmsprop], batchsize: [1]}", "(3,47): batchsize: unknown key; did you mean 'batch_size'?")]
    [InlineData("grid: {batch_size: [-1]}", "(3,21): batch_size: must be at least 1 and at most 60000, not -1")]
    [InlineData("grid: {optimizer lr: [1]}", "(3,8): grid: 'optimizer lr' is no path of keys; write e.g. optimizer.lr, without spaces")]
    [InlineData("grid: {seed: [1, 2]}", "(3,8): grid: seed: the seeds of a sweep are given by 'seeds', e.g. 'seeds: 1-5'")]
    [InlineData("grid: {name: [a]}", "(3,8): grid: name: a cell has the name of its configuration")]
    [InlineData("gird: {epochs: [1]}", "(3,1): gird: unknown key; did you mean 'grid'? known: name, base, configs, set, grid, zip, random, seeds, halving")]
    [InlineData("set: {epochs: }", "(3,7): set: epochs: no value; write 'null' for none")]
    [InlineData("set: {epochs: 1}\ngrid: {epochs: [1, 2]}", "(3,7): set: epochs: does nothing: grid gives epochs to every cell; keep one")]
    [InlineData("grid: {optimizer.lr: [0.1, 0.2], optimizer: [adam, {name: sgd, lr: 1}]}", "(3,34): grid: optimizer: overwrites optimizer.lr of grid, which stands before it; write optimizer.lr after optimizer")]
    [InlineData("zip: {epochs: [1]}\ngrid: {epochs: [1, 2]}", "(3,7): epochs: is given by grid and by zip; keep one")]
    [InlineData("zip: {optimizer.lr: [1, 2], epochs: [1]}", "(3,29): zip: epochs: 1 values, but optimizer.lr has 2; the values of a zip belong together one by one")]
    [InlineData("seeds: 1-3,2", "(3,1): seeds: seed 2 is repeated; keep one")]
    [InlineData("seeds: 5-3", "(3,1): seeds: '5-3' runs backwards; write 3-5")]
    [InlineData("seeds: 1-300000", "(3,1): seeds: '1-300000' makes more than 10000 seeds")]
    [InlineData("seeds: 1-9999,10000-10001", "(3,1): seeds: '10000-10001' makes more than 10000 seeds")]
    [InlineData("seeds: {a: 1}", "(3,1): seeds: expected a list, found a mapping; write e.g. 'seeds: 1-5'")]
    [InlineData("seeds: -1", "(3,1): seeds: '-1' is no list of seeds; write e.g. 3, 1-5 or \"1-3,7\"")]
    [InlineData("halving: {rung: [1]}", "(3,11): halving.rung: unknown key; did you mean 'rungs'? known: rungs")]
    [InlineData("halving: {rungs: [1, 1]}", "(3,11): halving.rungs: each rung has more epochs than the one before; 1 follows 1")]
    [InlineData("halving: {rungs: [0, 1]}", "(3,19): halving.rungs: must be at least 1, not 0")]
    [InlineData("halving: {rungs: [1, 3]}", "(3,11): halving: chooses by accuracy on the validation split, and there is none; add 'set: {data.validation: 5000}'")]
    [InlineData("set: {epochs: 2}\nhalving: {rungs: [1, 3]}", "(3,7): set: epochs: does nothing: halving.rungs gives epochs to every cell; keep one")]
    [InlineData("halving: {rungs: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17]}", "(3,11): halving.rungs: 17 rungs; at most 16, with which")]
    [InlineData("random: {samples: 3}", "(3,1): random.keys: missing; write e.g.")]
    [InlineData("random: {samples: 0, keys: {epochs: {choice: [1]}}}", "(3,10): random.samples: must be at least 1 and at most 10000, not 0")]
    [InlineData("random: {samples: 3, keys: {epochs: {uniform: [2, 1]}}}", "(3,38): random.keys: epochs.uniform: the first number must be below the second, and 2 is not below 1")]
    [InlineData("random: {samples: 3, keys: {optimizer.lr: {log_uniform: [0, 1]}}}", "(3,44): random.keys: optimizer.lr.log_uniform: must begin above 0, not at 0; use uniform")]
    [InlineData("random: {samples: 3, keys: {optimizer.lr: {loguniform: [1, 2]}}}", "(3,44): random.keys: optimizer.lr.loguniform: unknown key; did you mean 'log_uniform'? known: uniform, log_uniform, choice")]
    [InlineData("random: {samples: 3, keys: {optimizer.lr: {uniform: [1]}}}", "(3,44): random.keys: optimizer.lr.uniform: expected two numbers, the least and the largest, found 1")]
    [InlineData("random: {samples: 3, keys: {model.hidden: {uniform: [1, 2]}}}", "(3,29): random.keys: model.hidden: is a list of whole numbers, not a number; draw it by 'choice'")]
    [InlineData("random: {samples: 3, keys: {batch_size: {choice: [8, 16]}}}", "(3,10): random.samples: 3, but only 2 different ones were found; ask for fewer")]
    [InlineData("random: {samples: 3, keys: {batch_size: {uniform: [0.5, 3]}}}", "(3,29): random.keys: batch_size: takes whole numbers only, and 0.5 is none; begin and end with one")]
    [InlineData("random: {samples: 3, keys: {epochs: {log_uniform: [1, 2.5]}}}", "(3,29): random.keys: epochs: takes whole numbers only, and 2.5 is none; begin and end with one")]
    [InlineData("random: {samples: 3, keys: {dropout: {uniform: [0, 0.5]}}}", "(3,29): dropout: unknown key; did you mean 'model.dropout'?")]
    [InlineData("grid: {optimizer: [{name: adam, beta: 1}]}", "(3,33): optimizer.beta: unknown key of 'adam'; did you mean 'betas'?")]
    public void Sweep_IsRefused_WithItsPlace(string text, string problem)
    {
        using var trial = new SweepTrial();
        ConfigException thrown = Assert.Throws<ConfigException>(() => trial.Cells(text + "\n"));
        Assert.StartsWith(trial.Program.In("s.yaml") + problem, thrown.Message);
        Assert.DoesNotContain('\n', thrown.Message);
    }

    [Fact]
    public void KindThatDoesNotKnowAKeyOfTheConfiguration_SaysWhereThatIsLeftOver()
    {
        using var trial = new SweepTrial();
        trial.Program.Config(SweepTrial.Base.Replace("lr: 0.1", "lr: 0.1, momentum: 0.9"), "base.yaml");
        ConfigException thrown = Assert.Throws<ConfigException>(() => trial.Cells("grid: {optimizer.name: [adam]}\n"));
        Assert.Equal(
            $"{trial.Program.In("s.yaml")}(3,25): optimizer.momentum: left over in {trial.Program.In("base.yaml")}(3,33), 'adam' has no such key; replace the whole: 'optimizer: {{name: adam, lr: 0.001}}'",
            thrown.Message);
    }

    [Theory]
    [InlineData("base: base.yaml\n", "(1,1): name: missing; add e.g. 'name: s'")]
    [InlineData("name: s\nmodel: {hidden: [8], activation: relu}\nepochs: 2\n", "(2,1): this is a configuration; 'trainer run' takes it")]
    [InlineData("name: a/b\nbase: base.yaml\n", "(1,1): name: 'a/b' cannot name a folder")]
    [InlineData("name: s\n", "(1,1): base: missing; add e.g. 'base: ../relu.yaml', or 'configs: [...]' for several")]
    [InlineData("name: s\nbase: base.yaml\nconfigs: [base.yaml]\n", "(3,1): configs: and 'base' are the same key")]
    [InlineData("name: s\nbase: bas.yaml\n", "(2,1): base: HERE/bas.yaml: no such file; did you mean 'HERE/base.yaml'?")]
    [InlineData("name: s\nconfigs: [base.yaml, bas.yaml]\n", "(2,22): configs[1]: HERE/bas.yaml: no such file")]
    public void Head_IsRefused_WithItsPlace(string head, string problem)
    {
        using var trial = new SweepTrial();
        ConfigException thrown = Assert.Throws<ConfigException>(() => SweepReader.Read(trial.Write("", head)));
        Assert.StartsWith(trial.Program.In("s.yaml") + problem.Replace("HERE", trial.Program.In("s.yaml")[..^"/s.yaml".Length]), thrown.Message);
    }

    [Theory]
    [InlineData("grid: {optimizer.lr: [0.1, 1.0e-1]}", "cell 1 (trial seed 1, optimizer.lr 0.1) and cell 2 (trial seed 1, optimizer.lr 1.0e-1) are the same experiment with the same seed; keep one")]
    [InlineData("grid: {device: [cpu, auto]}", "cell 1 (trial seed 1, device cpu) and cell 2 (trial seed 1, device auto) are the same")]
    [InlineData("seeds: 1-5000\ngrid: {batch_size: [1, 2, 3]}", "15000 cells are more than 10000; make a shorter grid, or draw some of it by 'random'")]
    [InlineData("grid: {data.validation: [10, 300]}", "cell 2 (trial seed 1, data.validation 300): data.validation: 300 of 300 training images leave none to train on; choose fewer")]
    public async Task Sweep_WithCellsThatCannotBe_EndsWithStatusTwo_BeforeAnyHasBegun(string text, string problem)
    {
        using var trial = new SweepTrial();
        ProgramOutcome outcome = await trial.RunAsync(text + "\n");
        Assert.Equal(2, outcome.Status);
        Assert.StartsWith($"trainer: {trial.Program.In("s.yaml")}: {problem}", outcome.OneErrorLine());
        Assert.False(Directory.Exists(trial.Program.Results));
    }

    [Fact]
    public async Task SweepInPlaceOfAConfiguration_IsSaidToBeOne()
    {
        using var trial = new SweepTrial();
        ProgramOutcome outcome = await trial.Program.TrainAsync(trial.Write("seeds: 1-2\n"));
        Assert.Equal((2, $"trainer: {trial.Program.In("s.yaml")}: this is a sweep; 'trainer sweep' takes it"), (outcome.Status, outcome.OneErrorLine()));
    }

    [Theory]
    [InlineData("batch_size=16", "--set batch_size=16: batch_size: does nothing: the sweep gives every cell its own (batch_size); change ")]
    [InlineData("name=other", "--set name=other: name: a cell has the name of its configuration")]
    [InlineData("seed=3", "--set seed=3: seed: does nothing: the sweep gives every cell its own (seeds); change ")]
    public async Task Override_OfWhatTheSweepVaries_IsRefused(string set, string problem)
    {
        using var trial = new SweepTrial();
        ProgramOutcome outcome = await trial.RunAsync("grid: {batch_size: [32, 64]}\nseeds: 1-2\n", "--set", set);
        Assert.Equal(2, outcome.Status);
        Assert.StartsWith("trainer: " + problem, outcome.OneErrorLine());
    }
}
