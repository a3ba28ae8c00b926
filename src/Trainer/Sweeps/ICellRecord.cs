using Trainer.Results;

namespace Trainer.Sweeps;

/// <summary>A cell with what is known of it, for tables and the index.</summary>
internal interface ICellRecord
{
    /// <summary>Which cell, its experiment resolved.</summary>
    SweepCell Cell { get; }

    /// <summary>The name of its data set.</summary>
    string DataSet { get; }

    /// <summary>Where it is recorded.</summary>
    RunFolder Folder { get; }

    /// <summary>Hash of the configuration without the seed.</summary>
    string Hash { get; }

    /// <summary>What is known of it.</summary>
    CellResult Result { get; }

    /// <summary>Whether it was found as it is and not run now.</summary>
    bool IsSkipped { get; }

    /// <summary>Epochs done or begun.</summary>
    int Epoch { get; }

    /// <summary>The last epoch that was recorded; null where nobody watches.</summary>
    MetricsRow? Latest { get; }

    /// <summary>For how long it has been trained now.</summary>
    TimeSpan Took { get; }
}
