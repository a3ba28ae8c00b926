using Trainer.Charts;
using Trainer.Configuration;
using Trainer.Data;
using Trainer.Failures;
using Trainer.Images;
using Trainer.Optimizers;
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
    /// <exception cref="ConfigException">There is no step, the schedule does not fit the run, or the rates are found by it.</exception>
    public static void Write(Experiment experiment, string file, string destination, int width)
    {
        StepCounts steps = Run.Steps(experiment, TrainingImages - experiment.Data.Validation);
        if (Problem(experiment, steps) is { } problem)
        {
            throw new ConfigException($"{file}: {problem}");
        }
        double lr = experiment.Optimizer.ForEngine().Lr;
        var curve = new RateCurve(
            experiment.Name,
            $"{ExperimentText.Of(experiment)}, {(experiment.Epochs == 1 ? "1 epoch" : $"{experiment.Epochs} epochs")}",
            Registry.NameOf(experiment.Schedule.GetType()),
            steps.Total,
            steps.PerEpoch,
            experiment.Schedule.Warmup?.Length(steps.PerEpoch),
            step => experiment.Schedule.Rate(lr, step, steps));
        Figure figure = ScheduleFigure.Of(curve);
        PictureFile.Write(destination, stream => new SvgRenderer().Render(figure, stream), width);
    }

    private static string? Problem(Experiment experiment, StepCounts steps) => experiment switch
    {
        { Optimizer: LineSearch } =>
            "optimizer: line_search finds its step sizes during the run, so there is nothing to draw before it; they stand in the run's line_search.csv",
        { Schedule.DependsOnTheRun: true } =>
            $"schedule: {Registry.NameOf(experiment.Schedule.GetType())} follows what the run measures, so there is nothing to draw before it; its rates stand in the lr column of the run's metrics.csv",
        _ when steps.Total == 0 => "epochs: 0 epochs have no step and no rate to draw; choose at least 1",
        _ => experiment.Schedule.ProblemOf(steps),
    };
}
