using Trainer.Yaml;

namespace Trainer.Tests.Yaml;

public class SuggestionTests
{
    private static readonly string[] Known = ["adam", "adamw", "momentum", "sgd"];

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("adma", "adam", 1)]
    [InlineData("ca", "abc", 3)]
    [InlineData("same", "same", 0)]
    public void Distance_CountsSlips_BothWays(string a, string b, int slips)
    {
        Assert.Equal(slips, Suggestion.Distance(a, b));
        Assert.Equal(slips, Suggestion.Distance(b, a));
    }

    [Theory]
    [InlineData("adma", "adam")]
    [InlineData("ADAM", "adam")]
    [InlineData("adamz", "adam")]
    [InlineData("momentun", "momentum")]
    [InlineData("sdg", "sgd")]
    [InlineData("lion", null)]
    [InlineData("", null)]
    public void For_GivesTheNearestWord_WhenItIsNearEnough(string given, string? nearest) =>
        Assert.Equal(nearest, Suggestion.For(given, Known));

    [Fact]
    public void For_GivesUpAtOnce_WhenTheWordIsAbsurdlyLong() =>
        Assert.Null(Suggestion.For(new string('a', 10_000_000), Known));

    [Fact]
    public void Ending_AsksOnlyWhenSomethingIsNear()
    {
        Assert.Equal("; did you mean 'sgd'? known: adam, adamw, momentum, sgd", Suggestion.Ending("sgs", Known));
        Assert.Equal("; known: adam, adamw, momentum, sgd", Suggestion.Ending("nesterov", Known));
    }
}
