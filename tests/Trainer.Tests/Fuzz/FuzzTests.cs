using Trainer.Failures;
using Trainer.Fuzz;
using Trainer.Fuzz.Inputs;
using Trainer.Fuzz.Parsers;

namespace Trainer.Tests.Fuzz;

/// <summary>The corpus of the fuzzer, once, and some inputs made of it; for longer there is scripts/fuzz.sh.</summary>
public class FuzzTests
{
    private const int Inputs = 300;

    public static TheoryData<string> Parsers => [.. FuzzedParser.All.Select(parser => parser.Name)];

    [Theory]
    [MemberData(nameof(Parsers))]
    public void EveryFileOfTheCorpus_IsReadOrRefused(string name)
    {
        FuzzedParser parser = FuzzedParser.All.Single(parser => parser.Name == name);
        using var trial = new Trial(parser);
        string[] findings = [.. Corpus.Of(name).Select(file => (file.Name, Problem: trial.TryAtLeisure(file.Bytes))).Where(file => file.Problem is not null).Select(file => $"{file.Name}: {file.Problem}")];
        Assert.Empty(findings);
        // Were none read or none refused, the corpus would not be testing the parser.
        Assert.True(trial.Accepted > 0);
        Assert.True(trial.Refused > 0 || name == "events");
    }

    [Theory]
    [MemberData(nameof(Parsers))]
    public void DamagedAndInventedInputs_AreReadOrRefused(string name)
    {
        FuzzedParser parser = FuzzedParser.All.Single(parser => parser.Name == name);
        var inputs = new InputSource(parser, seed: 7);
        using var trial = new Trial(parser);
        for (ulong number = 0; number < Inputs; number++)
        {
            Assert.Null(trial.TryAtLeisure(inputs.Of(number)));
        }
    }

    [Fact]
    public void Input_IsTheSameWhateverWasTriedBefore()
    {
        FuzzedParser parser = FuzzedParser.All[0];
        var one = new InputSource(parser, seed: 7);
        var other = new InputSource(parser, seed: 7);
        _ = one.Of(1);
        Assert.Equal(one.Of(12), other.Of(12));
        Assert.NotEqual(one.Of(12), one.Of(13));
    }

    [Fact]
    public void AnExceptionThatIsNoRefusal_AWrongRefusal_AndAnInconsistency_AreFindings()
    {
        Assert.Null(new Trial(new Faulty(() => throw new DataException("input.x: broken"))).TryAtLeisure([]));
        Assert.Contains("is not how this parser refuses", new Trial(new Faulty(() => throw new ConfigException("input.x: broken"))).TryAtLeisure([]));
        Assert.Contains("is no short line", new Trial(new Faulty(() => throw new DataException("input.x:\nbroken"))).TryAtLeisure([]));
        Assert.Contains("does not begin with the file's name", new Trial(new Faulty(() => throw new DataException("broken"))).TryAtLeisure([]));
        Assert.Contains(nameof(IndexOutOfRangeException), new Trial(new Faulty(() => throw new IndexOutOfRangeException())).TryAtLeisure([]));
        Assert.Contains("not so", new Trial(new Faulty(() => throw new InconsistencyException("not so"))).TryAtLeisure([]));
    }

    /// <summary>A parser with a fault.</summary>
    private sealed class Faulty(Action fault) : FuzzedParser
    {
        public override string Name => "faulty";

        public override string FileName => "input.x";

        public override IReadOnlyList<string> Words => [];

        public override byte[] Generate(FuzzRandom random) => [];

        public override IEnumerable<Action> Readings(string path) =>
        [
            () =>
            {
                try
                {
                    fault();
                }
                catch (DataException failure) when (failure.Message.StartsWith("input.x", StringComparison.Ordinal))
                {
                    throw new DataException(Path.GetDirectoryName(path) + "/" + failure.Message);
                }
            },
        ];

        public override bool IsRefusal(TrainerException failure) => failure is DataException;
    }
}
