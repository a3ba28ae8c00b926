using Trainer.Failures;
using Trainer.Fuzz.Inputs;

namespace Trainer.Fuzz.Parsers;

/// <summary>A parser of files that others may have made, and what must hold of it whatever it is fed.</summary>
internal abstract class FuzzedParser
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<FuzzedParser> All { get; } =
        [new YamlParser(), new IdxParser(), new SafetensorsParser(), new EventsParser(), new RecordsParser()];

    /// <summary>Its name, and that of its folder in the corpus.</summary>
    public abstract string Name { get; }

    /// <summary>The name that its file has, as messages show it.</summary>
    public abstract string FileName { get; }

    /// <summary>Words that mean something in its format.</summary>
    public abstract IReadOnlyList<string> Words { get; }

    /// <summary>A new input that has the parser's structure, right or wrong.</summary>
    public abstract byte[] Generate(FuzzRandom random);

    /// <summary>A damaged input such that more of it is reached: a checksum over it made right, a length, a packing.</summary>
    public virtual byte[] Finished(byte[] bytes, FuzzRandom random) => bytes;

    /// <summary>What has to be in the folder beside the input.</summary>
    public virtual void Prepare(string folder)
    {
    }

    /// <summary>Reads the file with everything that reads such files, each on its own.</summary>
    /// <param name="path">The input.</param>
    /// <returns>What is to be tried; each throws <see cref="InconsistencyException"/> where what was read does not hold.</returns>
    public abstract IEnumerable<Action> Readings(string path);

    /// <summary>Whether that is how this parser is to refuse.</summary>
    public abstract bool IsRefusal(TrainerException failure);
}
