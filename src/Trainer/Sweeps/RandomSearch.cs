using Trainer.Failures;
using Trainer.Randomness;
using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>Settings drawn by chance.</summary>
/// <remarks>
/// Draw d of the key at place k of the file, both from 0, is made of the number <c>OpenUniform(d)</c> of stream
/// <see cref="RandomStream.Sweep"/>, step k, under <paramref name="Seed"/>: another number of samples, or a key at the end, leaves
/// the earlier draws as they are. A draw that repeats an earlier sample is passed over.
/// </remarks>
/// <param name="Place">Where it is written.</param>
/// <param name="Samples">How many.</param>
/// <param name="Seed">The key of the draws.</param>
/// <param name="Keys">What is drawn.</param>
internal sealed record RandomSearch(Place Place, int Samples, ulong Seed, IReadOnlyList<RandomKey> Keys)
{
    // Of so many draws in a row one would have been new, were there any left.
    private const int MostRepeats = 1000;

    /// <summary>The samples.</summary>
    /// <exception cref="ConfigException">There are not so many different ones.</exception>
    public IReadOnlyList<IReadOnlyList<Setting>> Draw()
    {
        var samples = new List<IReadOnlyList<Setting>>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int repeats = 0;
        for (ulong draw = 0; samples.Count < Samples; draw++)
        {
            Setting[] sample = [.. Keys.Select((key, place) =>
                key.Draw(new Philox(Seed, RandomStream.Sweep, (uint)place).OpenUniform(draw)))];
            if (seen.Add(string.Join('\n', sample.Select(setting => setting.Text))))
            {
                samples.Add(sample);
                repeats = 0;
            }
            else if (++repeats == MostRepeats)
            {
                throw Place.Problem("random.samples", $"{Samples}, but only {samples.Count} different ones were found; ask for fewer");
            }
        }
        return samples;
    }
}
