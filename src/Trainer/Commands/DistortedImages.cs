using Trainer.Augmentations;
using Trainer.Data;
using Trainer.Failures;
using Trainer.Images;
using Trainer.Runs;
using Trainer.Terminal;
using Trainer.Yaml;

namespace Trainer.Commands;

/// <summary>
/// What <c>trainer show --augment</c> shows: rows of the training split as a run of the configuration sees them, the original first,
/// then epoch after epoch.
/// </summary>
internal static class DistortedImages
{
    /// <summary>Rows unless somebody says otherwise.</summary>
    public const int Rows = 4;

    /// <summary>Images in a row, the original among them, unless somebody says otherwise.</summary>
    public const int Columns = 6;

    private const int White = byte.MaxValue;

    /// <summary>The grid that was asked for.</summary>
    public static async Task<ImageGrid> GridAsync(Shell shell, string config, ShowOptions options, CancellationToken cancellation)
    {
        if (options.Test is not null)
        {
            throw new ConfigException("--split: --augment shows training images, as no others are distorted; leave --split out");
        }
        if (options.Source is not null)
        {
            throw new ConfigException("--source: the configuration says which images; use --set data.source=... with --augment");
        }
        Experiment experiment = Read(config, options);
        DataSet set = await shell.Data.Provider(shell).LoadAsync(experiment.Data.Source, options.Data, cancellation);
        Split train = Run.Setup(experiment, set).Data.Train;
        int[] chosen = RandomImages.Choose(
            train, RandomImages.ClassOf(options.Class, set.ClassNames), options.Rows ?? Rows, experiment.Seed);
        int columns = options.Columns ?? Columns;
        var augmenter = new Augmenter(experiment.Augmentation);
        return ImageGrid.Of(
            $"{set.Name}, training images of {experiment.Name}, seed {experiment.Seed}",
            set.Train,
            [.. chosen.SelectMany(row => Enumerable.Range(0, columns).Select(epoch => epoch == 0
                ? new GridImage(train.Pixels(row).ToArray(), set.ClassNames[train.Label(row)], train.Images[row])
                : new GridImage(Distorted(experiment, augmenter, train, row, (uint)epoch), $"epoch {epoch}", train.Images[row])))],
            columns);
    }

    private static Experiment Read(string config, ShowOptions options)
    {
        Experiment experiment = ConfigReader.Read<Experiment>(config, options.Set);
        if (experiment.Augmentation is null && experiment.InputNoise is null)
        {
            throw new ConfigException($"{config}: has neither 'augmentation' nor 'input_noise'; "
                + "add one, as --set augmentation.rotation.degrees=15 or --set input_noise.std=0.1");
        }
        return options.Seed is { } seed ? experiment with { Seed = seed } : experiment;
    }

    /// <summary>What the network sees, as a picture: below black is black, above white is white.</summary>
    private static byte[] Distorted(Experiment experiment, Augmenter augmenter, Split train, int row, uint epoch)
    {
        ImageSet source = train.Source;
        float[] x = new float[source.PixelsPerImage];
        augmenter.Apply(train.Pixels(row), source.Columns, source.Rows, experiment.Seed, epoch, row, x);
        experiment.InputNoise?.Add(experiment.Seed, epoch, row, x);
        return [.. x.Select(value => (byte)Math.Clamp(MathF.Round(value * White), 0, White))];
    }
}
