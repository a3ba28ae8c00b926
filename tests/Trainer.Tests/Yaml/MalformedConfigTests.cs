using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Tests.Yaml;

/// <summary>What users get wrong, and the one line that each of them gets.</summary>
public class MalformedConfigTests
{
    private const string TopLevelKeys =
        "name, model, optimizer, batch_size, epochs, seed, data, device, evaluate_train, clip_norm, note, schedule, mixing";

    // Keys and names.
    [Theory]
    [InlineData("optimzer: {name: sgd}", "(1,1): optimzer: unknown key; did you mean 'optimizer'? known: " + TopLevelKeys)]
    [InlineData("seed: 1\n\nBatch_Size: 2", "(3,1): Batch_Size: unknown key; did you mean 'batch_size'? known: " + TopLevelKeys)]
    [InlineData("learning_rate: 1", "(1,1): learning_rate: unknown key; known: " + TopLevelKeys)]
    [InlineData("lr: 1", "(1,1): lr: unknown key; did you mean 'optimizer.lr'? known: " + TopLevelKeys)]
    [InlineData("steps: 1", "(1,1): steps: unknown key; known: " + TopLevelKeys)]
    [InlineData("data:\n  sauce: auto", "(2,3): data.sauce: unknown key; did you mean 'source'? known: source, validation, folder")]
    [InlineData("optimizer:\n  name: adam\n  momentum: 0.9",
        "(3,3): optimizer.momentum: unknown key of 'adam'; it belongs to sgd; known: name, lr, weight_decay, betas, eps")]
    [InlineData("optimizer:\n  bets: [0.9, 0.999]\n  name: adam",
        "(2,3): optimizer.bets: unknown key of 'adam'; did you mean 'betas'? known: name, lr, weight_decay, betas, eps")]
    [InlineData("# a comment\noptimizer:\n  name: adma\n  lr: 0.1",
        "(3,3): optimizer.name: 'adma' is not known; did you mean 'adam'? known: adam, sgd")]
    [InlineData("optimizer: {name: lion, lr: 0.1}", "(1,13): optimizer.name: 'lion' is not known; known: adam, sgd")]
    [InlineData("model:\n  activation: Relu",
        "(2,3): model.activation: 'Relu' is not known; did you mean 'relu'? known: leaky-relu, relu")]
    [InlineData("device: gpu", "(1,1): device: 'gpu' is not known; did you mean 'cpu'? known: auto, cpu, cuda")]
    [InlineData("data: {source: FashionMnist}",
        "(1,8): data.source: 'FashionMnist' is not known; did you mean 'fashion-mnist'? known: auto, fashion-mnist, embedded-garments")]
    [InlineData("data: {source: 1}", "(1,8): data.source: '1' is not known; known: auto, fashion-mnist, embedded-garments")]
    [InlineData("seed: 1\nseed: 2", "(2,1): seed: repeated; it is first given in line 1; keep one")]
    [InlineData("optimizer: {name: sgd, lr: 1, lr: 2}",
        "(1,31): optimizer.lr: repeated; it is first given in line 1; keep one")]
    public void ReadText_NamesTheKey(string text, string message) => AssertRefused(text, message);

    // Keys that are missing.
    [Theory]
    [InlineData("seed: 1", "(1,1): optimizer: missing; add e.g. 'optimizer: {name: adam, lr: 0.1}'")]
    [InlineData("seed: 1\noptimizer:\n  name: sgd", "(2,1): optimizer.lr: missing; add e.g. 'lr: 0.1'")]
    [InlineData("optimizer:\n  lr: 0.1", "(1,1): optimizer.name: missing; add e.g. 'name: adam'; known: adam, sgd")]
    [InlineData("optimizer: adam", "(1,1): optimizer.lr: missing; write e.g. 'optimizer: {name: adam, lr: 0.1}'")]
    [InlineData("schedule: steps", "(1,1): schedule.at: missing; write e.g. 'schedule: {name: steps, at: [10]}'")]
    [InlineData("mixing: {}", "(1,1): mixing.alpha: missing; add e.g. 'alpha: 0.2'")]
    [InlineData("optimizer: {name: sgd, lr: }", "(1,24): optimizer.lr: no value; write e.g. 'lr: 0.1'")]
    [InlineData("batch_size:", "(1,1): batch_size: no value; write e.g. 'batch_size: 64'")]
    [InlineData("epochs: null", "(1,1): epochs: no value; write e.g. 'epochs: 20'")]
    [InlineData("model:\nseed: 1", "(1,1): model: no value; write e.g. 'model: {hidden: [128, 64], activation: relu}'")]
    [InlineData("clip_norm: ~", "(1,1): clip_norm: no value; write 'null' for none")]
    [InlineData("optimizer: {name: , lr: 1}", "(1,13): optimizer.name: expected a name, found nothing; known: adam, sgd")]
    [InlineData("model: {hidden: [1, ~]}", "(1,21): model.hidden[1]: expected a whole number, found nothing")]
    public void ReadText_SaysWhatToAdd_WhenSomethingIsMissing(string text, string message) => AssertRefused(text, message);

    // Values of the wrong type.
    [Theory]
    [InlineData("optimizer: {name: sgd, lr: fast}", "(1,24): optimizer.lr: 'fast' is not a number")]
    [InlineData("optimizer:\n  name: sgd\n  lr: \"0.1\"",
        "(3,3): optimizer.lr: \"0.1\" in quotes is text, not a number; remove the quotes")]
    [InlineData("clip_norm: 0,5", "(1,1): clip_norm: '0,5' is not a number; write 0.5")]
    [InlineData("clip_norm: 1_000", "(1,1): clip_norm: '1_000' is not a number; write 1000")]
    [InlineData("clip_norm: 0x10", "(1,1): clip_norm: '0x10' is not a number; write it in decimal")]
    [InlineData("clip_norm: .nan", "(1,1): clip_norm: '.nan' is not a finite number")]
    [InlineData("clip_norm: -Infinity", "(1,1): clip_norm: '-Infinity' is not a finite number")]
    [InlineData("clip_norm: 1e999", "(1,1): clip_norm: '1e999' is too large for a number of 64 bits")]
    [InlineData("clip_norm: 1e-999", "(1,1): clip_norm: '1e-999' is too small for a number of 64 bits; write 0")]
    [InlineData("clip_norm: [1]", "(1,1): clip_norm: expected a number, found a list; write e.g. 'clip_norm: 0.1'")]
    [InlineData("batch_size: 1e3", "(1,1): batch_size: '1e3' is not a whole number; write 1000")]
    [InlineData("batch_size: 64.5", "(1,1): batch_size: '64.5' is not a whole number")]
    [InlineData("batch_size: 3000000000", "(1,1): batch_size: '3000000000' is too large; at most 2147483647")]
    [InlineData("batch_size: -3000000000", "(1,1): batch_size: '-3000000000' is too small; at least -2147483648")]
    [InlineData("seed: 010", "(1,1): seed: '010' begins with 0, which some programs read as octal; write it without")]
    [InlineData("seed: 0o17", "(1,1): seed: '0o17' is not a whole number; write it in decimal")]
    [InlineData("seed: -1", "(1,1): seed: '-1' does not lie between 0 and 18446744073709551615")]
    [InlineData("seed: {value: 1}", "(1,1): seed: expected a whole number, found a mapping; write e.g. 'seed: 1'")]
    [InlineData("evaluate_train: yes", "(1,1): evaluate_train: 'yes' is not true or false; write true")]
    [InlineData("evaluate_train: False", "(1,1): evaluate_train: 'False' is not true or false; write false")]
    [InlineData("evaluate_train: maybe", "(1,1): evaluate_train: 'maybe' is not true or false")]
    [InlineData("evaluate_train: 'true'",
        "(1,1): evaluate_train: \"true\" in quotes is text, not true or false; remove the quotes")]
    [InlineData("name: 2024", "(1,1): name: '2024' without quotes is not text; write \"2024\"")]
    [InlineData("name: [a, b]", "(1,1): name: expected text, found a list; write e.g. 'name: run'")]
    [InlineData("model: relu",
        "(1,1): model: expected a mapping, found 'relu'; write e.g. 'model: {hidden: [128, 64], activation: relu}'")]
    [InlineData("model:\n- hidden",
        "(1,1): model: expected a mapping, found a list; write e.g. 'model: {hidden: [128, 64], activation: relu}'")]
    [InlineData("model: {activation: [relu]}",
        "(1,9): model.activation: expected a name or a mapping, found a list; write e.g. 'activation: relu'")]
    [InlineData("model: {activation: {name: [relu]}}",
        "(1,22): model.activation.name: expected a name, found a list; known: leaky-relu, relu")]
    [InlineData("model: {hidden: 128}",
        "(1,9): model.hidden: expected a list of whole numbers, found '128'; write e.g. 'hidden: [128, 64]'")]
    [InlineData("model:\n  hidden:\n  - 128\n  - wide", "(4,5): model.hidden[1]: 'wide' is not a whole number")]
    [InlineData("model: {hidden: [128, [64]]}", "(1,23): model.hidden[1]: expected a whole number, found a list")]
    [InlineData("device: [cpu]", "(1,1): device: expected a name, found a list; write e.g. 'device: auto'")]
    public void ReadText_NamesTheType(string text, string message) => AssertRefused(text, message);

    // Limits, accessors' guards and rules across keys.
    [Theory]
    [InlineData("epochs: -1", "(1,1): epochs: must be at least 0 and at most 100000, not -1")]
    [InlineData("clip_norm: 0", "(1,1): clip_norm: must be greater than 0, not 0")]
    [InlineData("model: {hidden: [128, 0]}", "(1,23): model.hidden[1]: must be at least 1 and at most 4096, not 0")]
    [InlineData("optimizer: {name: adam, lr: 1e-3, betas: [0.9]}", "(1,35): optimizer.betas: needs two numbers")]
    [InlineData("optimizer: {name: adam, lr: 1e-3, eps: 0}", "(1,35): optimizer.eps: must not be 0")]
    [InlineData("data:\n  source: embedded-garments\n  folder: x",
        "(3,3): data.folder: embedded garments come from no folder; remove it")]
    [InlineData("optimizer: {name: sgd, lr: 1}\nepochs: 0\nschedule: cosine",
        "(2,1): epochs: 0 leaves nothing to schedule; remove 'schedule' or train longer")]
    [InlineData("optimizer: {name: sgd, lr: 1}\nbatch_size: 2000\ndata:\n  validation: 0.6",
        "(4,3): data.validation: leaves less than one batch; take at most 0.5")]
    public void ReadText_NamesTheRule(string text, string message) => AssertRefused(text, message);

    [Fact]
    public void ReadText_PutsARuleAtTheNearestKeyThatIsWritten()
    {
        const string text = "name: fashion-mnist\noptimizer: {name: sgd, lr: 1}\ndata:\n  validation: 0.1\n";
        AssertRefused(text, "(3,1): data.source: is not what the name says; choose another name");
        AssertRefused("name: fashion-mnist\noptimizer: {name: sgd, lr: 1}",
            "(1,1): data.source: is not what the name says; choose another name");
    }

    // The YAML itself.
    [Theory]
    [InlineData("", "(1,1): nothing in it; write keys with values, one 'key: value' a line")]
    [InlineData("# only a comment\n", "(1,1): nothing in it; write keys with values, one 'key: value' a line")]
    [InlineData("---\n...\n", "(1,1): nothing in it; write keys with values, one 'key: value' a line")]
    [InlineData("relu", "(1,1): expected keys with values ('key: value'), found 'relu'")]
    [InlineData("\n- seed: 1", "(2,1): expected keys with values ('key: value'), found a list")]
    [InlineData("seed: 1\n---\nseed: 2", "(2,1): a second document ('---'); keep one per file")]
    [InlineData("%YAML 1.2\n---\nseed: 1",
        "(1,1): a line that begins with '%'; a comment begins with '#', a directive is not taken")]
    [InlineData("# top\n% what somebody took for a comment\nseed: 1",
        "(2,1): a line that begins with '%'; a comment begins with '#', a directive is not taken")]
    [InlineData("note: > text\n", "(1,7): not valid YAML: text on the line of '|' or '>'; begin it on the next line, or put it in quotes")]
    [InlineData("note: *{",
        "(1,7): not valid YAML: an anchor or an alias ('&', '*'); write the value out, or put it in quotes")]
    [InlineData("seed: &s 1", "(1,7): seed: an anchor ('&s'); remove it and write values out")]
    [InlineData("&s seed: 1", "(1,1): an anchor ('&s'); remove it and write values out")]
    [InlineData("model: {hidden: [*s]}", "(1,18): model.hidden[0]: an alias ('*s'); write the value out")]
    [InlineData("seed: !!int 1", "(1,7): seed: a tag ('!!int'); remove it, the key decides the type")]
    [InlineData("model: !Model {}", "(1,8): model: a tag ('!Model'); remove it, the key decides the type")]
    [InlineData("data:\n  <<: {source: auto}", "(2,3): data: a merge key ('<<'); write the keys out")]
    [InlineData("? [seed]\n: 1", "(1,3): a key must be a single word, not a list")]
    [InlineData("? {seed: 1}\n: 1", "(1,3): a key must be a single word, not a mapping")]
    [InlineData(": 1", "(1,1): a value without a key")]
    [InlineData("seed: 1\n\tepochs: 1", "(2,1): a tab; use spaces")]
    [InlineData("seed: 1 \0", "(1,9): the invisible character U+0000; remove it")]
    [InlineData("seed: 1\nnote: a\u0085b", "(2,8): the invisible character U+0085; remove it")]
    [InlineData("seed: 1\r", "(1,8): the invisible character U+000D; remove it")]
    [InlineData("note: \"a\\0b\"", "(1,7): note: \"a\\u0000b\" has an invisible character in it; remove its escape")]
    [InlineData("note: \"\\uD800\"", "(1,7): not valid YAML: an escape in double quotes that is no character")]
    [InlineData("note: \"\\q\"",
        "(1,7): not valid YAML: an unknown escape ('\\...') in double quotes; use single quotes to have '\\' itself")]
    [InlineData("note: \"abc", "(1,7): not valid YAML: a closing quote is missing, or a line in between is not indented")]
    [InlineData("model: {hidden: [1, 2}",
        "(1,22): not valid YAML: a closing bracket or a ',' is missing, or there is one too many")]
    [InlineData("data:\n  source: {a: b\nc}", "(3,1): not valid YAML: a line inside brackets is not indented")]
    [InlineData("model: {hidden: [1, , 2]}", "(1,21): not valid YAML: a value is missing before this")]
    [InlineData("seed 1\nepochs: 2",
        "(2,7): not valid YAML: a ':' after text that began a line above; either a ':' is missing there, or this is indented too deep")]
    [InlineData("name: a\n seed: 1",
        "(2,6): not valid YAML: a second ':' in one value; put the value in quotes, or line the second key up with the first")]
    [InlineData("seed: 1\nepochs", "(2,1): not valid YAML: a key without ':' after it")]
    [InlineData("note: a: b",
        "(1,8): not valid YAML: a second ':' in one value; put the value in quotes, or line the second key up with the first")]
    [InlineData("model:\n  hidden: [1]\n activation: relu",
        "(3,2): not valid YAML: a key does not line up with its neighbours; indent keys of one level alike")]
    [InlineData("  seed: 1\nepochs: 2",
        "(2,1): not valid YAML: this belongs to nothing above it; indent keys of one level alike")]
    [InlineData("note: @home",
        "(1,7): not valid YAML: a value cannot begin with this character; put the value in quotes")]
    public void ReadText_NamesWhatIsNotTaken(string text, string message) => AssertRefused(text, message);

    private static void AssertRefused(string text, string message)
    {
        var failure = Assert.Throws<ConfigException>(() => ConfigReader.ReadText<SampleExperiment>(text, "configs/c.yaml"));
        Assert.Equal("configs/c.yaml" + message, failure.Message);
        Assert.Equal(ExitCode.Usage, failure.ExitCode);
    }
}
