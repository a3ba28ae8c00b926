using Trainer.Fuzz.Parsers;

namespace Trainer.Fuzz.Inputs;

/// <summary>The inputs of a seed: files of the corpus and invented ones, most of them damaged.</summary>
internal sealed class InputSource(FuzzedParser parser, ulong seed)
{
    /// <summary>The files that inputs are made of.</summary>
    public IReadOnlyList<(string Name, byte[] Bytes)> Files { get; } = Corpus.Of(parser.Name);

    /// <summary>The input of a number, whatever was made before it.</summary>
    public byte[] Of(ulong number)
    {
        var random = new FuzzRandom(seed, number);
        byte[] bytes = random.OnceIn(3) ? parser.Generate(random) : Files[random.Below(Files.Count)].Bytes;
        byte[] other = Files[random.Below(Files.Count)].Bytes;
        byte[] damaged = random.OnceIn(4) ? bytes : Mutation.Of(bytes, other, parser.Words, random);
        return parser.Finished(damaged, random);
    }
}
