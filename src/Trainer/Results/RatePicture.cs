using Trainer.Charts;
using Trainer.Configuration;
using Trainer.Data;
using Trainer.Failures;
using Trainer.Images;
using Trainer.Runs;
using Trainer.Schedules;

namespace Trainer.Results;

/// <summary>The picture of the learning rates that a configuration asks for, before anything is trained.</summary>
internal static class RatePicture
{
    // Fashion-MNIST and the embedded garments have as many, so no data is needed to count steps.
    private const int TrainingImages = EmbeddedGarments.MaxTrainCount;

    /// <summary>Draws the rates of <paramref name="experiment"/>.</summary>
    /// <param name="experiment">The configuration.</param>
    /// <param name="file">What messages call it.</param>
    /// <param name="destination">The picture: .svg, .png or .pdf.</param>
    /// <param name="width">Width of a PNG in pixels.</param>
    /// <exception cref="ConfigException">There is no step, or the schedule does not fit the run.</exception>
    public static void Write(Experiment experiment, string file, string destination, int width)
    {
        StepCounts steps = Run.Steps(experiment, TrainingImages - experiment.Data.Validation);
        string? problem = steps.Total == 0
            ? "epochs: 0 epochs have no step and no rate to draw; choose at least 1"
            : experiment.Schedule.ProblemOf(steps);
        if (problem is not null)
        {
            throw new ConfigException($"{file}: {problem}");
        }
        var curve = new RateCurve(
            experiment.Name,
            $"{ExperimentText.Of(experiment)}, {(experiment.Epochs == 1 ? "1 epoch" : $"{experiment.Epochs} epochs")}",
            Registry.NameOf(experiment.Schedule.GetType()),
            steps.Total,
            steps.PerEpoch,
            experiment.Schedule.Warmup?.Length(steps.PerEpoch),
            step => experiment.Schedule.Rate(experiment.Optimizer.Lr, step, steps));
        Figure figure = ScheduleFigure.Of(curve);
        PictureFile.Write(destination, stream => new SvgRenderer().Render(figure, stream), width);
    }
}
