using Trainer.Data;
using Trainer.Failures;
using Trainer.Networks;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Sessions;

/// <summary>Another run's weights that a run begins with. A copy goes into its own folder: it can be repeated and checked when the other
/// one is gone.</summary>
internal static class InitialWeights
{
    /// <summary><paramref name="experiment"/> with the digest of the weights that are there.</summary>
    /// <exception cref="TrainerException">There are none, they are of another network, or not those that the configuration means.</exception>
    public static Experiment Resolved(Experiment experiment, DataSet images)
    {
        StartingWeights start = experiment.From!;
        MlpShape shape = experiment.Model.Network(images.Train.PixelsPerImage, images.ClassNames.Count, experiment.Loss).Shape;
        string file = FileOf(start);
        string digest = DigestOf(file, shape);
        return start.Digest is { } expected && expected != digest
            ? throw new ConfigException($"from.digest: {file} has {digest}, not {expected}; give the weights that are meant, or remove the key")
            : experiment with { From = start with { Weights = file, Digest = digest } };
    }

    /// <summary>The weights: the copy in the run's own folder, else from where they are said to lie.</summary>
    /// <param name="start">Which, resolved.</param>
    /// <param name="folder">The run's folder.</param>
    /// <param name="shape">Its network.</param>
    /// <exception cref="TrainerException">They are not there, or are others.</exception>
    public static float[] Load(StartingWeights start, RunFolder folder, MlpShape shape)
    {
        string file = File.Exists(folder.InitialWeights) ? folder.InitialWeights : FileOf(start);
        float[] network = SafetensorsFile.Read(file, shape);
        return ParameterDigest.Of(network) == start.Digest ? network : throw new CheckFailedException(
            $"{file}: has the digest {ParameterDigest.Of(network)}, and the run began with {start.Digest}; the file was changed since");
    }

    private static string DigestOf(string file, MlpShape shape)
    {
        try
        {
            return ParameterDigest.Of(SafetensorsFile.Read(file, shape));
        }
        catch (RunFailedException failure)
        {
            throw new ConfigException($"from.weights: {failure.Message}; give the weights of a network {shape}, or the model that they are of", failure);
        }
    }

    private static string FileOf(StartingWeights start)
    {
        string file = Directory.Exists(start.Weights) ? RunFinder.Find(start.Weights).LastWeights : start.Weights;
        return File.Exists(file)
            ? file
            : throw new ConfigException($"from.weights: {file}: no such file; give the folder of a run, as 'trainer run' prints it, or a .safetensors file");
    }
}
