using Trainer.Configuration;
using Trainer.Yaml;

namespace Trainer.Tests.Yaml;

/// <summary>Mistakes of ours in a configuration record: found when the record is first looked at, not by a user's file.</summary>
public class ConfigShapeTests
{
    [Theory]
    [InlineData(typeof(WithDate), "DateTime cannot be a configuration value")]
    [InlineData(typeof(WithoutDefault), "WithoutDefault.Text needs 'required' or an initialiser")]
    [InlineData(typeof(WithBoundedText), "WithBoundedText.Text is no number")]
    [InlineData(typeof(WithName), "WithName has a key 'name'")]
    public void Of_RefusesARecordThatCannotBeRead(Type type, string problem) =>
        Assert.Contains(problem, Assert.Throws<InvalidOperationException>(() => ConfigShape.Of(type)).Message);

    [Fact]
    public void Of_TakesInheritedKeysFirst_AndOverridesInTheirPlace() => Assert.Equal(
        ["lr", "weight_decay", "betas", "eps"], ConfigShape.Of(typeof(SampleAdam)).Keys.Select(key => key.Name));

    private sealed record WithDate
    {
        public DateTime When { get; init; }
    }

    private sealed record WithoutDefault
    {
        public string Text { get; init; } = null!;
    }

    private sealed record WithBoundedText
    {
        [Bounds(0, 1)]
        public string Text { get; init; } = "";
    }

    [ConfigName("with-name")]
    private sealed record WithName
    {
        public string Name { get; init; } = "";
    }
}
