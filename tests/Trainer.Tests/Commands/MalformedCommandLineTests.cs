namespace Trainer.Tests.Commands;

/// <summary>What a newcomer gets wrong on the command line: one line that says what and how to mend it, exit code 2 or
/// what fits, and nothing written.</summary>
public class MalformedCommandLineTests
{
    [Theory]
    [InlineData("rnu", 2, "trainer: 'rnu' is not known; did you mean 'run'? known: run, resume, sweep, sweep-task, show, plot, eval, predict, compare, report, watch, list, show-config, diff, rm, gradcheck, doctor, verify, data, info; see 'trainer --help'")]
    [InlineData("run", 2, "trainer run: Required argument 'CONFIG' missing for command: 'run'; see 'trainer run --help'")]
    [InlineData("run CONFIG other.yaml", 2, "trainer: other.yaml: no such file")]
    [InlineData("run CONFIG --seeds 3-1", 2, "trainer: --seeds: '3-1' runs backwards; write 1-3")]
    [InlineData("run CONFIG --seeds many", 2, "trainer: --seeds: 'many' is no list of seeds; write e.g. 3, 1-5 or \"1-3,7\"")]
    [InlineData("run CONFIG --seeds 1-3 --seed 2", 2, "trainer: --seed: goes with one seed, and --seeds gives several; keep one of the two")]
    [InlineData("run CONFIG --seeds 1-3 --trace 1", 2, "trainer: --trace: goes with one configuration and one seed")]
    [InlineData("run CONFIG --seeds 1-3 --epochs -1", 2, "trainer: --epochs: must be at least 0 and at most 100000, not -1")]
    [InlineData("run CONFIG --seeds 1-3 --device cuda", 4, "trainer: --device: no cuda device can be used: libcuda.so.1 not found; use --device cpu, which gives the same numbers")]
    [InlineData("run CONFIG CONFIG", 2, "trainer: CONFIG: cell 1 (trial seed 1) and cell 2 (trial seed 1) are the same experiment with the same seed; keep one")]
    [InlineData("sweep", 2, "trainer sweep: Required argument 'SWEEP' missing for command: 'sweep'")]
    [InlineData("sweep NOWHERE", 2, "trainer: NOWHERE: no such file")]
    [InlineData("sweep NOWHERE --jobs -1", 2, "trainer sweep: --jobs must be 0 to 1024, not -1; see 'trainer sweep --help'")]
    [InlineData("run CONFIG --epoch 3", 2, "trainer run: '--epoch' is not known; did you mean '--epochs'? known: ")]
    [InlineData("run CONFIG --epochs", 2, "trainer run: Required argument missing for option: '--epochs'; see 'trainer run --help'")]
    [InlineData("run CONFIG --epochs many", 2, "trainer run: --epochs: 'many' is not a whole number that fits; see 'trainer run --help'")]
    [InlineData("run CONFIG --epochs 1.5", 2, "trainer run: --epochs: '1.5' is not a whole number that fits; see 'trainer run --help'")]
    [InlineData("run CONFIG --epochs -1", 2, "trainer: --epochs: must be at least 0 and at most 100000, not -1")]
    [InlineData("run CONFIG --epochs 99999999999", 2, "trainer run: --epochs: '99999999999' is not a whole number that fits; see 'trainer run --help'")]
    [InlineData("run CONFIG --seed -1", 2, "trainer run: --seed: '-1' is not a whole number that fits; see 'trainer run --help'")]
    [InlineData("run CONFIG --threads -1", 2, "trainer run: --threads must be 0 to 1024, not -1; see 'trainer run --help'")]
    [InlineData("run CONFIG --trace -5", 2, "trainer run: --trace must be at least 0, not -5; see 'trainer run --help'")]
    [InlineData("run CONFIG --device gpu", 2, "trainer: --device: 'gpu' is not known; did you mean 'cuda'? known: auto, cpu, cuda, opencl, reference")]
    [InlineData("run CONFIG --set device=gpu", 2, "trainer: CONFIG: device: 'gpu' is not known; did you mean 'cuda'? known: auto, cpu, cuda, opencl, reference")]
    [InlineData("run CONFIG --device cpu:0", 2, "trainer: --device: 'cpu:0' is not known; cpu takes no number, write cpu")]
    [InlineData("run CONFIG --device cuda:x", 2, "trainer: --device: 'cuda:x' is not known; write cuda, or cuda:0 with the number that 'trainer info' shows")]
    [InlineData("run CONFIG --set device=opencl:-1", 2, "trainer: CONFIG: device: 'opencl:-1' is not known; write opencl, or opencl:0 with the number that 'trainer info' shows")]
    [InlineData("run CONFIG --device cuda", 4, "trainer: --device: no cuda device can be used: libcuda.so.1 not found; use --device cpu, which gives the same numbers")]
    [InlineData("run CONFIG --device cuda:1", 4, "trainer: --device: no device cuda:1: there is none (libcuda.so.1 not found); use --device cpu, which gives the same numbers")]
    [InlineData("run CONFIG --set device=opencl", 4, "trainer: CONFIG: device: no opencl device can be used: libOpenCL.so.1 not found; use --device cpu, which gives the same numbers")]
    [InlineData("run CONFIG --set epochs", 2, "trainer: --set epochs: ")]
    [InlineData("run CONFIG --set optimizer.name=adma", 2, "trainer: --set optimizer.name=adma: optimizer.name: 'adma' is not known; did you mean 'adam'? known: adabelief, adagrad, adam,")]
    [InlineData("run CONFIG --set optimizer=adam", 2, "trainer: --set optimizer=adam: optimizer.lr: missing; write e.g. --set 'optimizer={name: adam, lr: 0.001}'")]
    [InlineData("run CONFIG --set weight_decay=1e-4", 2, "trainer: --set weight_decay=1e-4: weight_decay: unknown key; did you mean 'regularization.weight_decay'? known: name,")]
    [InlineData("run CONFIG --set optimizer.lr=fast", 2, "trainer: --set optimizer.lr=fast: optimizer.lr: 'fast' is not a number")]
    [InlineData("run CONFIG --data NOWHERE", 3, "trainer: --data NOWHERE: no such folder; let --data name the folder that holds the four Fashion-MNIST files, or leave it out")]
    [InlineData("run CONFIG --set data.source=embedded --data NOWHERE", 2, "trainer: --data NOWHERE: the configuration asks for the embedded garments (data.source: embedded); drop one of the two")]
    [InlineData("run NOWHERE", 2, "trainer: NOWHERE: no such file")]
    [InlineData("plot NOWHERE", 2, "trainer: NOWHERE: no such folder; give the folder of a run, as 'trainer run' prints it")]
    [InlineData("doctor NOWHERE", 2, "trainer: NOWHERE: no such folder; give the folder of a run, as 'trainer run' prints it")]
    [InlineData("doctor HERE", 2, "trainer: HERE: no run in it (no metrics.csv); start one with 'trainer run CONFIG'")]
    [InlineData("plot HERE", 2, "trainer: HERE: no run in it (no metrics.csv); start one with 'trainer run CONFIG'")]
    [InlineData("plot HERE --set epochs=3", 2, "trainer: --set epochs=3: a run is drawn as it was recorded; --set goes with --schedule")]
    [InlineData("plot --schedule NOWHERE", 2, "trainer: NOWHERE: no such file")]
    [InlineData("plot --schedule CONFIG --set epochs=0", 2, "trainer: CONFIG: epochs: 0 epochs have no step and no rate to draw; choose at least 1")]
    [InlineData("plot --schedule CONFIG --set schedule=cosin", 2, "trainer: --set schedule=cosin: schedule: 'cosin' is not known; did you mean 'cosine'?")]
    [InlineData("plot HERE --format gif", 2, "trainer plot: Argument 'gif' not recognized. Must be one of: 'svg' 'png' 'pdf'; see 'trainer plot --help'")]
    [InlineData("eval NOWHERE", 2, "trainer: NOWHERE: no such folder; give the folder of a run, as 'trainer run' prints it")]
    [InlineData("eval HERE", 2, "trainer: HERE: no run in it (no metrics.csv); start one with 'trainer run CONFIG'")]
    [InlineData("eval HERE --split tset", 2, "trainer eval: Argument 'tset' not recognized. Must be one of: 'test' 'validation' 'train'; see 'trainer eval --help'")]
    [InlineData("eval HERE --checkpoint first", 2, "trainer eval: Argument 'first' not recognized. Must be one of: 'last' 'best'; see 'trainer eval --help'")]
    [InlineData("eval HERE --mistakes 401", 2, "trainer eval: --mistakes must be 0 to 400, not 401; see 'trainer eval --help'")]
    [InlineData("predict HERE", 2, "trainer predict: Required argument 'IMAGE' missing for command: 'predict'; see 'trainer predict --help'")]
    [InlineData("predict HERE a.png", 2, "trainer: HERE: no run in it (no metrics.csv); start one with 'trainer run CONFIG'")]
    [InlineData("predict HERE a.png --invert maybe", 2, "trainer predict: Argument 'maybe' not recognized. Must be one of: 'auto' 'yes' 'no'; see 'trainer predict --help'")]
    [InlineData("predict HERE a.png --top 0", 2, "trainer predict: --top must be 1 to 256, not 0; see 'trainer predict --help'")]
    [InlineData("predict HERE a.png --limit -1", 2, "trainer predict: --limit must be at least 0, not -1; see 'trainer predict --help'")]
    [InlineData("gradcheck", 2, "trainer gradcheck: Required argument 'CONFIG' missing for command: 'gradcheck'; see 'trainer gradcheck --help'")]
    [InlineData("gradcheck CONFIG --mutat", 2, "trainer gradcheck: '--mutat' is not known; did you mean '--mutate'? known: ")]
    [InlineData("gradcheck CONFIG --rows 0", 2, "trainer gradcheck: --rows must be 1 to 1000, not 0; see 'trainer gradcheck --help'")]
    [InlineData("gradcheck CONFIG --rows 65 --set data.source=embedded", 2, "trainer: --rows: a step of this training has 1 to 64 rows, not 65")]
    [InlineData("gradcheck CONFIG --rows 1 --set data.source=embedded --set model.normalization=batch_norm", 2, "trainer: --rows: a step of this training has 2 to 64 rows, not 1")]
    [InlineData("gradcheck CONFIG --samples 0", 2, "trainer gradcheck: --samples must be at least 1, not 0; see 'trainer gradcheck --help'")]
    [InlineData("gradcheck CONFIG --step 0", 2, "trainer gradcheck: --step must be a number from 1E-08 to 0.01, not '0'; see 'trainer gradcheck --help'")]
    [InlineData("gradcheck CONFIG --step short", 2, "trainer gradcheck: --step must be a number from 1E-08 to 0.01, not 'short'; see 'trainer gradcheck --help'")]
    [InlineData("gradcheck CONFIG --jitter NaN", 2, "trainer gradcheck: --jitter must be a number from 0 to 10, not 'NaN'; see 'trainer gradcheck --help'")]
    [InlineData("gradcheck CONFIG --set optimizer.lr=fast", 2, "trainer: --set optimizer.lr=fast: optimizer.lr: 'fast' is not a number")]
    [InlineData("gradcheck CONFIG --set data.source=embedded --data NOWHERE", 2, "trainer: --data NOWHERE: the configuration asks for the embedded garments (data.source: embedded); drop one of the two")]
    [InlineData("gradcheck CONFIG --data NOWHERE", 3, "trainer: --data NOWHERE: no such folder")]
    [InlineData("gradcheck NOWHERE", 2, "trainer: NOWHERE: no such file")]
    [InlineData("show --rows 0", 2, "trainer show: --rows must be 1 to 20, not 0; see 'trainer show --help'")]
    [InlineData("show --split validation", 2, "trainer show: Argument 'validation' not recognized. Must be one of: 'train' 'test'; see 'trainer show --help'")]
    [InlineData("show --source embedded --class Boot", 2, "trainer: --class: 'Boot' is no class; known: T-shirt/top, Trouser, Pullover, Dress, Coat, Sandal, Shirt, Sneaker, Bag, Ankle boot")]
    [InlineData("show --source embedded --class 10", 2, "trainer: --class: '10' is no class; known: ")]
    [InlineData("show --augment CONFIG", 2, "trainer: CONFIG: has neither 'augmentation' nor 'input_noise'; add one, as --set augmentation.rotation.degrees=15 or --set input_noise.std=0.1")]
    [InlineData("show --augment CONFIG --set augmentation={}", 2, "trainer: --set 'augmentation={}': augmentation.shift: no distortion is named; give one, as ")]
    [InlineData("show --augment CONFIG --set augmentation.shift.pixels=2 --split train", 2, "trainer: --split: --augment shows training images, as no others are distorted; leave --split out")]
    [InlineData("show --augment CONFIG --set augmentation.shift.pixels=2 --source embedded", 2, "trainer: --source: the configuration says which images; use --set data.source=... with --augment")]
    [InlineData("show --augment NOWHERE", 2, "trainer: NOWHERE: no such file")]
    [InlineData("show --set epochs=3", 2, "trainer: --set epochs=3: there is no configuration to change; --set goes with --augment")]
    [InlineData("data get now", 2, "trainer data get: Unrecognized command or argument 'now'; see 'trainer data get --help'")]
    [InlineData("data gte", 2, "trainer data: 'gte' is not known; did you mean 'get'? known: get, clear; see 'trainer data --help'")]
    [InlineData("plot HERE --width 0", 2, "trainer plot: --width must be 16 to 20000, not 0; see 'trainer plot --help'")]
    [InlineData("show --source embedded --output x.gif", 2, "trainer: x.gif: pictures are .svg, .png or .pdf files; choose one of these endings")]
    [InlineData("run CONFIG --set optimizer.lr=1e-50", 2, "trainer: --set optimizer.lr=1e-50: optimizer.lr: must be at least 1E-30 and at most 1E+30, not 1E-50")]
    [InlineData("run CONFIG --set name=con.txt", 2, "trainer: --set name=con.txt: name: 'con.txt' cannot name a folder")]
    [InlineData("data --data NOWHERE", 3, "trainer: --data NOWHERE: no such folder; let --data name the folder that holds the four Fashion-MNIST files, or leave it out")]
    public async Task Program_SaysWhatIsWrong_InOneLine_AndWritesNothing(string arguments, int status, string beginning)
    {
        using var trial = new ProgramTrial();
        string here = Directory.CreateDirectory(trial.In("here")).FullName;
        string config = trial.SmallConfig();
        string[] words = [.. arguments.Split(' ').Select(Place)];
        string[] first = words[0] == "run" ? ["run", "--out", trial.Results] : [words[0]];
        ProgramOutcome outcome = await trial.RunAsync([.. first, .. words[1..]]);
        Assert.StartsWith(Place(beginning), outcome.OneErrorLine(), StringComparison.Ordinal);
        Assert.Equal(status, outcome.Status);
        Assert.True(outcome.Output.Length == 0 || words[0] == "show", outcome.Output);
        Assert.False(Directory.Exists(trial.Results));
        Assert.Empty(Directory.GetFileSystemEntries(here));

        string Place(string text) => text
            .Replace("CONFIG", text.Contains("argument 'CONFIG'") || text.Contains("run CONFIG") ? "CONFIG" : config)
            .Replace("NOWHERE", trial.In("nowhere"))
            .Replace("HERE", here);
    }

    [Fact]
    public async Task BareProgram_ShowsItsHelp()
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.RunAsync();
        Assert.Equal(0, outcome.Status);
        Assert.Contains("trainer run configs/relu.yaml", outcome.Output);
        Assert.Empty(outcome.Error);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("show")]
    [InlineData("plot")]
    [InlineData("eval")]
    [InlineData("predict")]
    [InlineData("gradcheck")]
    [InlineData("list")]
    [InlineData("show-config")]
    [InlineData("diff")]
    [InlineData("rm")]
    [InlineData("watch")]
    [InlineData("data")]
    public async Task Help_EndsWithExamples_ThatBeginWithTheProgram(string verb)
    {
        using var trial = new ProgramTrial();
        ProgramOutcome outcome = await trial.RunAsync(verb, "--help");
        Assert.Equal(0, outcome.Status);
        string[] examples = outcome.Output[outcome.Output.IndexOf("Examples:", StringComparison.Ordinal)..]
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.All(examples, example => Assert.StartsWith($"trainer {verb}", example));
    }
}
