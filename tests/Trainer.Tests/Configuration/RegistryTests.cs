using Trainer.Configuration;

namespace Trainer.Tests.Configuration;

public class RegistryTests
{
    [Fact]
    public void Of_FindsEveryConcreteRecord_InAlphabeticalOrderOfNames()
    {
        Registry shapes = Registry.Of<Shape>();
        Assert.Equal(typeof(Shape), shapes.BaseType);
        Assert.Equal(["circle", "cube", "square"], shapes.Names);
        Assert.Equal([typeof(Circle), typeof(Box), typeof(Square)], shapes.Types);
    }

    [Fact]
    public void Of_LooksOnlyOnce() => Assert.Same(Registry.Of(typeof(Shape)), Registry.Of<Shape>());

    [Theory]
    [InlineData("circle", typeof(Circle))]
    [InlineData("disc", typeof(Circle))]
    [InlineData("cube", typeof(Box))]
    [InlineData("Circle", null)]
    [InlineData("solid", null)]
    [InlineData("", null)]
    public void Find_KnowsCanonicalNamesAndAliases(string name, Type? type) =>
        Assert.Equal(type, Registry.Of<Shape>().Find(name));

    [Fact]
    public void NamesOf_GivesTheCanonicalNameFirst()
    {
        Assert.Equal("circle", Registry.NameOf(typeof(Circle)));
        Assert.Equal(["circle", "disc", "ring"], Registry.NamesOf(typeof(Circle)));
    }

    [Fact]
    public void Of_Refuses_WhenTheRecordsAreNotProperlyNamed()
    {
        Assert.Contains("both called 'one'", Assert.Throws<InvalidOperationException>(Registry.Of<Twins>).Message);
        Assert.Contains("carries no ConfigName", Assert.Throws<InvalidOperationException>(Registry.Of<Nameless>).Message);
        Assert.Contains("no concrete records", Assert.Throws<InvalidOperationException>(Registry.Of<Childless>).Message);
        Assert.Contains("not abstract", Assert.Throws<ArgumentException>(Registry.Of<Circle>).Message);
    }

    private abstract record Shape;

    private abstract record Solid : Shape;

    [ConfigName("square")]
    private sealed record Square : Shape;

    [ConfigName("circle", "disc", "ring")]
    private sealed record Circle : Shape;

    [ConfigName("cube")]
    private sealed record Box : Solid;

    private abstract record Twins;

    [ConfigName("one")]
    private sealed record First : Twins;

    [ConfigName("two", "one")]
    private sealed record Second : Twins;

    private abstract record Nameless;

    private sealed record Anybody : Nameless;

    private abstract record Childless;
}
