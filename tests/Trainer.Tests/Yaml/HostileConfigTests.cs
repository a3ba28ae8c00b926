using System.Diagnostics;
using System.Text;
using Trainer.Failures;
using Trainer.Randomness;
using Trainer.Yaml;

namespace Trainer.Tests.Yaml;

/// <summary>Input that is made to hurt, or that nobody made: it ends quickly, with one line.</summary>
public class HostileConfigTests
{
    private const int Full = YamlText.MaximumSize - 16;

    // Each of these takes well under a second on an idle machine; a reader that is quadratic in its input takes minutes.
    // Between the two there is room for a machine that is busy with something else.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Made when used: megabytes would otherwise travel through the test runner's list of tests.
    private static readonly Dictionary<string, (Func<string> Text, string Problem)> Made = new()
    {
        ["lists in lists"] = (() => Repeat("[", Full), "nested deeper than 16 levels"),
        ["mappings in mappings"] = (() => Repeat("{a: ", Full), "nested deeper than 16 levels"),
        ["lists in lists under a key"] = (() => "model: " + Repeat("[", Full), "nested deeper than 16 levels"),
        ["dashes"] = (() => "a:\n " + Repeat("- ", Full), "nested deeper than 16 levels"),
        ["complex keys"] = (() => Repeat("? ", Full), "a key must be a single word, not a mapping"),
        ["a staircase"] = (() => Staircase(200), "nested deeper than 16 levels"),
        ["an alias bomb"] = (() => "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "a: an anchor ('&a')"),
        ["an endless anchor"] = (() => "a: &" + Repeat("a", Full), "an anchor"),
        ["an endless tag"] = (() => "a: !" + Repeat("a", Full), "tag"),
        ["tags"] = (() => Repeat("!a ", Full), "a tag ('!a')"),
        ["an endless key"] = (() => Repeat("a", Full) + ": 1", "not valid YAML"),
        ["a long key"] = (() => Repeat("a", 1000) + ": 1", "unknown key"),
        ["an endless number"] = (() => "seed: " + Repeat("9", Full), "does not lie between"),
        ["an endless fraction"] = (() => "clip_norm: 0." + Repeat("0", Full), "must be greater than 0"),
        ["an endless name"] = (() => "device: " + Repeat("x", Full), "is not known"),
        ["an open quote"] = (() => "note: \"" + Repeat("x", Full), "a closing quote is missing"),
        ["escapes"] = (() => "note: \"" + Repeat("\\\\", Full), "a closing quote is missing"),
        ["many keys"] = (() => ManyKeys(60_000), "more than 1000 keys in one mapping"),
        ["a long list"] = (() => "model: {hidden: [" + Repeat("1,", Full - 20), "more than 10000 elements in one list"),
        ["a long list, not closed"] = (() => "model: {hidden: [" + Repeat("1,", 1000), "not valid YAML"),
        ["long lists in a list"] = (() => "a: [" + Repeat("[" + Repeat("1,", 19_000) + "],", Full - 20), "not valid YAML"),
        ["empty lines"] = (() => Repeat("\n", Full), "nothing in it"),
        ["comments"] = (() => Repeat("#", Full), "nothing in it"),
        ["documents"] = (() => Repeat("---\n", Full), "a second document"),
        ["too much"] = (() => Repeat("a", 10_000_000), "larger than 1 MiB"),
    };

    public static TheoryData<string> Attacks => [.. Made.Keys];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void ReadText_EndsQuickly_WithOneLine(string attack)
    {
        (Func<string> make, string problem) = Made[attack];
        string text = make();
        var watch = Stopwatch.StartNew();
        string message = Assert.Throws<ConfigException>(
            () => ConfigReader.ReadText<SampleExperiment>(text, "c.yaml")).Message;
        Assert.True(watch.Elapsed < Patience, $"{attack} took {watch.Elapsed}");
        Assert.StartsWith("c.yaml", message);
        Assert.Contains(problem, message);
        AssertOneShortLine(message);
    }

    [Fact]
    public void ReadText_EndsQuickly_WhenAnOverrideIsHostile()
    {
        foreach (string value in (string[])[Repeat("[", Full), Repeat("9", Full), Repeat("a", 10_000_000), "*a", "!a b"])
        {
            AssertOneShortLine(Assert.Throws<ConfigException>(
                () => ConfigReader.ReadText<SampleExperiment>("seed: 1", "c.yaml", ["seed=" + value])).Message);
        }
        AssertOneShortLine(Assert.Throws<ConfigException>(
            () => ConfigReader.ReadText<SampleExperiment>("seed: 1", "c.yaml", [Repeat("a.", Full) + "=1"])).Message);
    }

    [Fact]
    public void ReadText_ReadsOrRefuses_WhateverHappensToAGoodFile()
    {
        const string good = """
            name: relu   # a comment
            model:
              hidden: [128, 64]
              activation: {name: leaky-relu, slope: 0.02}
            optimizer:
              name: "adam"
              lr: 1e-3
              betas:
              - 0.9
              - 0.999
            batch_size: 64
            seed: 3
            data: {source: auto, validation: 0.1}
            note: 'quoted ''text'''
            schedule: null
            """;
        int read = 0;
        for (uint round = 0; round < 2000; round++)
        {
            string text = Mutated(good, new Philox(20, RandomStream.Noise, round));
            try
            {
                SampleExperiment experiment = ConfigReader.ReadText<SampleExperiment>(text, "c.yaml");
                // What is read can be written and read again.
                string written = ConfigWriter.Write(experiment);
                Assert.Equal(written, ConfigWriter.Write(ConfigReader.ReadText<SampleExperiment>(written, "w.yaml")));
                read++;
            }
            catch (ConfigException refusal)
            {
                Assert.StartsWith("c.yaml", refusal.Message);
                AssertOneShortLine(refusal.Message);
            }
        }
        // Were all or none of them read, the mutations would not be testing the reader.
        Assert.InRange(read, 50, 1950);
    }

    /// <summary>One to three characters dropped, doubled, swapped or replaced by ones that YAML cares about.</summary>
    private static string Mutated(string text, Philox random)
    {
        const string replacements = ":-{}[],&*!|>'\"%@`#?~\n\r \t\0\\09eE._xaz\u0085\u2028\uFEFF\uD83D\u00e9";
        var mutated = new StringBuilder(text);
        int changes = 1 + random.Below(0, 3);
        for (ulong change = 1; change <= (ulong)changes; change++)
        {
            int at = random.Below(4 * change, mutated.Length - 1);
            char other = replacements[random.Below(4 * change + 1, replacements.Length)];
            switch (random.Below(4 * change + 2, 5))
            {
                case 0:
                    mutated.Remove(at, 1);
                    break;
                case 1:
                    mutated.Insert(at, other);
                    break;
                case 2:
                    mutated[at] = other;
                    break;
                case 3:
                    (mutated[at], mutated[at + 1]) = (mutated[at + 1], mutated[at]);
                    break;
                default:
                    mutated.Insert(at, mutated.ToString(at, Math.Min(12, mutated.Length - at)));
                    break;
            }
        }
        return mutated.ToString();
    }

    private static void AssertOneShortLine(string message)
    {
        Assert.DoesNotContain(message, char.IsControl);
        Assert.InRange(message.Length, 10, 500);
    }

    private static string Repeat(string part, int characters) => new StringBuilder().Insert(0, part, characters / part.Length).ToString();

    private static string Staircase(int steps) =>
        string.Concat(Enumerable.Range(0, steps).Select(step => new string(' ', step) + "a:\n"));

    private static string ManyKeys(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(key => FormattableString.Invariant($"key{key}: 1\n")));
}
