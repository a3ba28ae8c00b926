using Trainer.Data;

namespace Trainer.Engines.Joint;

/// <summary>Several networks, which a device trains or evaluates in one call. One thread at a time may use them; any thread may.</summary>
internal interface IJointNetworks : IDisposable
{
    /// <summary>What computes, for people.</summary>
    string Description { get; }

    /// <summary>Each network by itself, for all that is not done jointly; these engines are not disposed of.</summary>
    IReadOnlyList<IEngine> Networks { get; }

    /// <summary>Makes the steps <paramref name="steps"/> of each network's plan; see <see cref="IEngine.Train"/>.</summary>
    /// <param name="plans">A plan for each network: of the same length and batch size, and all with prepared inputs or none.</param>
    /// <param name="steps">Which steps.</param>
    /// <param name="results">Room for what comes of each network's rows; several may have the same.</param>
    void Train(IReadOnlyList<EpochPlan> plans, Range steps, IReadOnlyList<RowResults> results);

    /// <summary>Loss and prediction of rows of each network's split; see <see cref="IEngine.Evaluate"/>.</summary>
    void Evaluate(SplitName split, Range rows, IReadOnlyList<RowResults> results);
}
