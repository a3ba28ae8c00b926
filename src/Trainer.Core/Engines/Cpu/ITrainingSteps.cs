namespace Trainer.Engines.Cpu;

/// <summary>How steps are made.</summary>
internal interface ITrainingSteps
{
    /// <summary>Makes steps <paramref name="first"/> … <paramref name="end"/> − 1 of a plan.</summary>
    void Train(EpochPlan plan, int first, int end, RowResults results, CancellationToken cancellation);
}
