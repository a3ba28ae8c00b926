using Trainer.Data;
using Trainer.Failures;
using Trainer.Images;
using Trainer.Randomness;
using Trainer.Terminal;
using Trainer.Yaml;

namespace Trainer.Commands;

/// <summary>What <c>trainer show</c> shows: images of a set, chosen by a seed.</summary>
internal static class RandomImages
{
    /// <summary>Images per row, and rows, unless somebody says otherwise.</summary>
    public const int PerSide = 2;

    /// <summary>The grid that was asked for.</summary>
    public static async Task<ImageGrid> GridAsync(Shell shell, ShowOptions options, CancellationToken cancellation)
    {
        if (options.Set.Count > 0)
        {
            throw new ConfigException($"--set {options.Set[0]}: there is no configuration to change; --set goes with --augment");
        }
        DataSet set = await shell.Data.Provider(shell).LoadAsync(options.Source ?? DataSource.Auto, options.Data, cancellation);
        bool test = options.Test ?? false;
        ulong seed = options.Seed ?? (ulong)Random.Shared.Next();
        ImageSet images = test ? set.Test : set.Train;
        int columns = options.Columns ?? PerSide;
        int[] chosen = Choose(
            new Split(images), ClassOf(options.Class, set.ClassNames), (options.Rows ?? PerSide) * columns, seed);
        return ImageGrid.Of($"{set.Name}, {(test ? "test" : "training")} images, seed {seed}", images, chosen, set.ClassNames, columns);
    }

    /// <summary>The label that a user means by a name or a number; null for all.</summary>
    public static int? ClassOf(string? text, IReadOnlyList<string> names)
    {
        if (text is null)
        {
            return null;
        }
        int label = names.ToList().FindIndex(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (label < 0 && (!int.TryParse(text, out label) || label < 0 || label >= names.Count))
        {
            throw new ConfigException($"--class: '{text}' is no class{Suggestion.Ending(text, names)}");
        }
        return label;
    }

    /// <summary>The first <paramref name="count"/> rows of a random order, of one class or of all.</summary>
    public static int[] Choose(Split split, int? label, int count, ulong seed)
    {
        int[] order = new int[split.Count];
        new Philox(seed, RandomStream.Show, 0).Permutation(order);
        return [.. order.Where(row => label is null || split.Label(row) == label).Take(count)];
    }
}
