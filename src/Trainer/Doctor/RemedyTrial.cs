using Trainer.Failures;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Doctor;

/// <summary>Tries remedies on the run's own configuration, as <c>--set</c> would: only what would be accepted, and would make another
/// experiment of it, is offered.</summary>
/// <param name="run">The run.</param>
internal sealed class RemedyTrial(RecordedRun run)
{
    private readonly string _text = ConfigWriter.Write(run.Experiment);

    /// <summary>Those of <paramref name="remedies"/> that work and differ from one another.</summary>
    public IReadOnlyList<Remedy> Working(IReadOnlyList<Remedy> remedies)
    {
        HashSet<string> known = [ConfigWriter.Identity(run.Experiment)];
        return [.. remedies.Where(remedy => Applied(remedy) is { } experiment && known.Add(ConfigWriter.Identity(experiment)))];
    }

    /// <summary>The experiment with a remedy; null where that one would be refused.</summary>
    private Experiment? Applied(Remedy remedy)
    {
        try
        {
            Experiment experiment = ConfigReader.ReadText<Experiment>(_text, "config.yaml", remedy.Set);
            if (run.Images is { } images)
            {
                _ = Run.Setup(experiment, images).Checked();
            }
            return experiment;
        }
        catch (Exception refusal) when (refusal is ConfigException or ArgumentException)
        {
            return null;
        }
    }
}
