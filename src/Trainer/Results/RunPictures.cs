using Trainer.Runs;

namespace Trainer.Results;

/// <summary>All pictures of a run, from its files alone.</summary>
internal static class RunPictures
{
    /// <summary>Draws them. The curves come last: where they are there, all are.</summary>
    /// <param name="folder">The run; at least one epoch of it is recorded.</param>
    /// <param name="experiment">What was trained.</param>
    /// <param name="dataSet">On which images.</param>
    /// <exception cref="Failures.TrainerException">A file cannot be read or written.</exception>
    public static void Draw(RunFolder folder, Experiment experiment, string dataSet)
    {
        DiagnosticsPictures.Write(folder.Diagnostics, experiment, dataSet);
        RunFigure.Write(folder, folder.Curves);
    }
}
