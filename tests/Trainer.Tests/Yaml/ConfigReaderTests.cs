using System.Text;
using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Tests.Yaml;

public sealed class ConfigReaderTests : IDisposable
{
    private const string Valid = "optimizer: {name: sgd, lr: 0.1}\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("config-reader-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ReadText_SetsEveryKindOfKey()
    {
        SampleExperiment read = Read("""
            # Comments, blank lines, quotes and both styles of YAML are fine.
            name: "relu, twice"

            model:
              hidden:
              - 300
              - 100
              activation: {name: lrelu, slope: .2}
            optimizer: {"name": adam-2015, lr: 1e-3, betas: [0.8, 0.99], weight_decay: 5.e-1}
            batch_size: 32      # rows
            epochs: 0
            seed: 18446744073709551615
            data:
              source: embedded-garments
              validation: +0.1
            device: cuda
            evaluate_train: false
            clip_norm: 1
            note: >-
              folded
              text
            schedule: {name: steps, at: [5, 10]}
            mixing: {alpha: 0.25}
            """);
        Assert.Equal("relu, twice", read.Name);
        Assert.Equal([300, 100], read.Model.Hidden);
        Assert.Equal(new SampleLeakyRelu { Slope = 0.2 }, read.Model.Activation);
        var adam = Assert.IsType<SampleAdam>(read.Optimizer);
        Assert.Equal((1e-3, 0.5, 1e-8), (adam.Lr, adam.WeightDecay, adam.Eps));
        Assert.Equal([0.8, 0.99], adam.Betas);
        Assert.Equal((32, 0, ulong.MaxValue), (read.BatchSize, read.Epochs, read.Seed));
        Assert.Equal(new SampleData { Source = SampleSource.EmbeddedGarments, Validation = 0.1 }, read.Data);
        Assert.Equal((SampleDevice.Cuda, false, 1.0), (read.Device, read.EvaluateTrain, read.ClipNorm));
        Assert.Equal("folded text", read.Note);
        Assert.Equal([5, 10], Assert.IsType<SampleSteps>(read.Schedule).At);
        Assert.Equal(new SampleMixing { Alpha = 0.25 }, read.Mixing);
    }

    [Fact]
    public void ReadText_KeepsTheRecordsDefaults_WhereKeysAreNotGiven()
    {
        SampleExperiment read = Read("optimizer: {name: sgd, lr: 0.1}\nmodel: {activation: leaky-relu}");
        var defaults = new SampleExperiment { Optimizer = new SampleSgd { Lr = 0.1 } };
        Assert.Equal(
            ConfigWriter.Write(defaults with { Model = new SampleModel { Activation = new SampleLeakyRelu() } }),
            ConfigWriter.Write(read));
        Assert.Equal([128, 64], read.Model.Hidden);
        Assert.Equal(0.01, Assert.IsType<SampleLeakyRelu>(read.Model.Activation).Slope);
        Assert.Null(read.ClipNorm);
    }

    [Fact]
    public void ReadText_TakesNull_WhereARecordAllowsIt()
    {
        SampleExperiment read = Read(Valid + "clip_norm: null\nnote: null\nschedule: null\nmixing: null\ndata: {folder: null}");
        Assert.Equal((null, null, null, null), (read.ClipNorm, read.Note, read.Schedule, read.Mixing));
    }

    [Fact]
    public void ReadText_ReadsAnAbstractRecordByItself() =>
        Assert.Equal(new SampleSgd { Lr = 1, Momentum = 0.9 },
            ConfigReader.ReadText<SampleOptimizer>("name: sgd\nlr: 1\nmomentum: 0.9", "c.yaml"));

    [Theory]
    [InlineData("\uFEFF# mark\r\nseed: 7\r\noptimizer: {name: sgd,\r\n  lr: 0.5}\r\n")]
    [InlineData("---\nseed: 7\noptimizer: {name: sgd, lr: 0.5}\n...\n")]
    [InlineData("seed: 7\noptimizer: {name: sgd, lr: 0.5}")]
    [InlineData("\n\n{seed: 7, optimizer: {name: sgd, lr: 0.5,},}\n\n")]
    public void ReadText_TakesWhatEditorsMake(string text) =>
        Assert.Equal((7UL, 0.5), (Read(text).Seed, Read(text).Optimizer.Lr));

    [Fact]
    public void ReadText_CountsLinesAndColumns_WithWindowsLineEndsAndAByteOrderMark() =>
        Assert.StartsWith(
            "c.yaml(3,3): data.sauce: unknown key",
            Assert.Throws<ConfigException>(() => Read("\uFEFFseed: 1\r\ndata:\r\n  sauce: x\r\n")).Message);

    [Fact]
    public void ReadText_ReportsTheFirstProblemInTheText() =>
        Assert.StartsWith(
            "c.yaml(1,1): epochs:",
            Assert.Throws<ConfigException>(() => Read("epochs: x\nbatch_size: y\nsed: 1")).Message);

    [Fact]
    public void Read_ReadsAFile_WithOrWithoutByteOrderMark()
    {
        Assert.Equal(0.1, ConfigReader.Read<SampleExperiment>(File("plain.yaml", Encoding.UTF8.GetBytes(Valid))).Optimizer.Lr);
        byte[] marked = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Valid)];
        Assert.Equal(0.1, ConfigReader.Read<SampleExperiment>(File("marked.yaml", marked)).Optimizer.Lr);
    }

    [Fact]
    public void Read_NamesTheFile_WhenItIsNotThere()
    {
        File("relu.yaml", Encoding.UTF8.GetBytes(Valid));
        AssertRefused(Path.Combine(_folder, "relu.yml"), $": no such file; did you mean '{Path.Combine(_folder, "relu.yaml")}'?");
        AssertRefused(Path.Combine(_folder, "something-else.yaml"), ": no such file");
        string elsewhere = Path.Combine(_folder, "configs");
        AssertRefused(Path.Combine(elsewhere, "relu.yaml"), $": no such file; the folder '{elsewhere}' does not exist either");
    }

    [Fact]
    public void Read_SaysWhy_WhenTheFileCannotBeRead()
    {
        AssertRefused(_folder, ": is a folder; name the configuration file in it");
        Assert.Equal("'': names no file; give the path of a configuration", Refusal(""));
        Assert.Equal("a\\u0000b: cannot be the path of a file", Refusal("a\0b"));
        string locked = File("locked.yaml", Encoding.UTF8.GetBytes(Valid));
        using FileStream hold = new(locked, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.StartsWith($"{locked}: cannot be read; ", Refusal(locked));
    }

    [Fact]
    public void Read_SaysWhere_WhenTheFileIsNotUtf8Text()
    {
        byte[] latin1 = Encoding.Latin1.GetBytes("seed: 1\nname: caf\u00e9 au lait\n");
        AssertRefused(File("latin1.yaml", latin1), "(2,10): not UTF-8 text; save the file as UTF-8");
        byte[] utf16 = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Valid)];
        AssertRefused(File("utf16.yaml", utf16), "(1,1): UTF-16 text; save the file as UTF-8");
    }

    [Fact]
    public void Read_ReadsOneMebibyteButNoMore()
    {
        byte[] text = Encoding.UTF8.GetBytes(Valid + "#" + new string('x', (1 << 20) - Valid.Length - 1));
        Assert.Equal(0.1, ConfigReader.Read<SampleExperiment>(File("full.yaml", text)).Optimizer.Lr);
        AssertRefused(
            File("large.yaml", [.. text, (byte)'x']), ": larger than 1 MiB; a configuration is a few lines of text");
    }

    private static SampleExperiment Read(string text) => ConfigReader.ReadText<SampleExperiment>(text, "c.yaml");

    private static string Refusal(string path) =>
        Assert.Throws<ConfigException>(() => ConfigReader.Read<SampleExperiment>(path)).Message;

    private static void AssertRefused(string path, string message) => Assert.Equal(path + message, Refusal(path));

    private string File(string name, byte[] content)
    {
        string path = Path.Combine(_folder, name);
        System.IO.File.WriteAllBytes(path, content);
        return path;
    }
}
