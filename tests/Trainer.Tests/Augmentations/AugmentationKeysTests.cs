using Trainer.Failures;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Tests.Augmentations;

/// <summary>What a configuration can say of distortions and noise.</summary>
public class AugmentationKeysTests
{
    private const string Base = "name: a\nmodel: {hidden: [8]}\noptimizer: {name: sgd, lr: 0.1}\n";

    [Fact]
    public void Keys_AreRead_AndReadBackFromTheWrittenConfiguration()
    {
        Experiment read = Read(
            """
            augmentation:
              shift: {pixels: 2}
              rotation: {degrees: 10}
              scale: {min: 0.9, max: 1.1}
              shear: {degrees: 5}
              horizontal_flip: {probability: 0.25}
              elastic: {sigma: 4, alpha: 34}
              erasing: {probability: 0.5, area: [0.02, 0.33], aspect: [0.3, 3.3]}
            input_noise: {std: 0.1}
            """);
        Assert.Equal((2, 10), (read.Augmentation!.Shift!.Pixels, read.Augmentation.Rotation!.Degrees));
        Assert.Equal((0.9, 1.1, 5), (read.Augmentation.Scale!.Min, read.Augmentation.Scale.Max, read.Augmentation.Shear!.Degrees));
        Assert.Equal((0.25, 4, 34), (read.Augmentation.HorizontalFlip!.Probability, read.Augmentation.Elastic!.Sigma, read.Augmentation.Elastic.Alpha));
        Assert.Equal([0.5, 0.02, 0.33, 0.3, 3.3], [read.Augmentation.Erasing!.Probability, .. read.Augmentation.Erasing.Area, .. read.Augmentation.Erasing.Aspect]);
        Assert.Equal(0.1, read.InputNoise!.Std);
        string written = ConfigWriter.Write(read);
        Assert.Equal(written, ConfigWriter.Write(ConfigReader.ReadText<Experiment>(written, "written.yaml")));
    }

    [Fact]
    public void Both_AreNothingUnlessGiven_AndThenInNeitherTextNorHash()
    {
        Experiment read = Read("");
        Assert.Null(read.Augmentation);
        Assert.Null(read.InputNoise);
        Assert.Equal(ConfigHash.Of(read), ConfigHash.Of(Read("augmentation: null\ninput_noise: null\n")));
        Assert.DoesNotContain("augmentation", ConfigWriter.Write(read));
        Assert.DoesNotContain("noise", ConfigWriter.Write(read));
        Assert.NotEqual(ConfigHash.Of(read), ConfigHash.Of(Read("input_noise: {std: 0.1}")));
        Assert.NotEqual(ConfigHash.Of(read), ConfigHash.Of(Read("augmentation: {shift: {pixels: 2}}")));
    }

    [Theory]
    [InlineData("augmentation: {}", "augmentation.shift: no distortion is named; give one, as 'shift: {pixels: 2}', or leave 'augmentation' out")]
    [InlineData("augmentation: {shift: {pixels: -1}}", "augmentation.shift.pixels: must be at least 0 and at most 1000, not -1")]
    [InlineData("augmentation: {shift: {}}", "augmentation.shift.pixels: ")]
    [InlineData("augmentation: {shift: 2}", "augmentation.shift: ")]
    [InlineData("augmentation: {rotation: {degrees: 181}}", "augmentation.rotation.degrees: must be at least 0 and at most 180, not 181")]
    [InlineData("augmentation: {rotation: {degree: 10}}", "augmentation.rotation.degree: ")]
    [InlineData("augmentation: {scale: {min: 1.2, max: 0.8}}", "augmentation.scale.min: 1.2 is greater than max, 0.8; exchange them")]
    [InlineData("augmentation: {scale: {min: 0, max: 1}}", "augmentation.scale.min: must be at least 0.01 and at most 100, not 0")]
    [InlineData("augmentation: {shear: {degrees: 90}}", "augmentation.shear.degrees: must be at least 0 and at most 80, not 90")]
    [InlineData("augmentation: {horizontal_flip: {probability: 1.5}}", "augmentation.horizontal_flip.probability: must be at least 0 and at most 1, not 1.5")]
    [InlineData("augmentation: {elastic: {sigma: -4}}", "augmentation.elastic.sigma: must be at least 0.1 and at most 100, not -4")]
    [InlineData("augmentation: {elastic: {alpha: .nan}}", "augmentation.elastic.alpha: ")]
    [InlineData("augmentation: {erasing: {area: [0.4, 0.1]}}", "augmentation.erasing.area: must be the smaller number first, as in [0.02, 0.33], not [0.4, 0.1]")]
    [InlineData("augmentation: {erasing: {area: [0, 0.1]}}", "augmentation.erasing.area[0]: must be greater than 0 and at most 1, not 0")]
    [InlineData("augmentation: {erasing: {aspect: [1]}}", "augmentation.erasing.aspect: must be two numbers, as in [0.3, 3.3], not 1")]
    [InlineData("augmentation: {mirror: true}", "augmentation.mirror: ")]
    [InlineData("input_noise: {std: -0.1}", "input_noise.std: must be at least 0 and at most 100, not -0.1")]
    [InlineData("input_noise: {}", "input_noise.std: ")]
    [InlineData("input_noise: 0.1", "input_noise: ")]
    public void Nonsense_IsRefused_InALineThatNamesTheKey(string text, string expected)
    {
        ConfigException refusal = Assert.Throws<ConfigException>(() => Read(text));
        Assert.Contains($": {expected}", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    private static Experiment Read(string more) => ConfigReader.ReadText<Experiment>(Base + more, "c.yaml");
}
