namespace Trainer.Results;

/// <summary>The right to write into a run's folder, until it is left.</summary>
internal interface IRunHold
{
    /// <summary>A line for whoever starts the run where others may not be kept out; null where they are.</summary>
    string? Notice { get; }

    /// <summary>Lets go of the folder; what never began leaves nothing in it.</summary>
    void Leave();
}
