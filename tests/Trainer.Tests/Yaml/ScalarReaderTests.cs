using Trainer.Yaml;

namespace Trainer.Tests.Yaml;

public class ScalarReaderTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0.5", -0.5)]
    [InlineData("+3", 3)]
    [InlineData(".5", 0.5)]
    [InlineData("1.", 1)]
    [InlineData("1e-3", 1e-3)]
    [InlineData("2.5E+2", 250)]
    [InlineData("0e5", 0)]
    [InlineData("0.0001e3", 0.1)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    [InlineData("5e-324", double.Epsilon)]
    public void Read_TakesEveryDecimalNumber(string text, double value) =>
        Assert.Equal(value, Read(text, ValueKind.Number, typeof(double)));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e5.5")]
    [InlineData("--1")]
    [InlineData("1 2")]
    [InlineData("1\n")]
    [InlineData("0b11")]
    [InlineData("00.5")]
    [InlineData("1__0")]
    [InlineData("12:30")]
    [InlineData("10%")]
    [InlineData("1/3")]
    [InlineData("1f")]
    [InlineData("\u0661")]
    [InlineData("nan")]
    [InlineData("+.INF")]
    public void Read_RefusesEverythingElseAsANumber(string text)
    {
        Assert.Null(Read(text, ValueKind.Number, typeof(double)));
        Assert.Null(Read(text, ValueKind.Integer, typeof(int)));
        Assert.Null(Read(text, ValueKind.Unsigned, typeof(ulong)));
    }

    [Fact]
    public void Read_TakesWholeNumbersToTheirLimits()
    {
        Assert.Equal(int.MaxValue, Read("2147483647", ValueKind.Integer, typeof(int)));
        Assert.Equal(int.MinValue, Read("-2147483648", ValueKind.Integer, typeof(int)));
        Assert.Equal(ulong.MaxValue, Read("+18446744073709551615", ValueKind.Unsigned, typeof(ulong)));
        Assert.Null(Read("18446744073709551616", ValueKind.Unsigned, typeof(ulong)));
    }

    [Theory]
    [InlineData("run-1")]
    [InlineData("1.2.3")]
    [InlineData("3x128")]
    [InlineData("no")]
    [InlineData("True")]
    public void Read_TakesAWordAsText(string word) => Assert.Equal(word, Read(word, ValueKind.Text, typeof(string)));

    [Theory]
    [InlineData("12")]
    [InlineData("-1.5e3")]
    [InlineData("1_000")]
    [InlineData("0x1F")]
    [InlineData("12:30")]
    [InlineData("true")]
    public void Read_RefusesWhatAnotherReaderTakesForANumber_AsText(string word) =>
        Assert.Null(Read(word, ValueKind.Text, typeof(string)));

    private static object? Read(string text, ValueKind kind, Type type)
    {
        var node = new ScalarNode(Place.FileStart("c.yaml"), text, IsPlain: true);
        object? value = ScalarReader.Read(node, new ValueShape(kind, type, false), out string problem);
        Assert.Equal(value is null, problem.Length > 0);
        return value;
    }
}
