namespace Trainer.Benchmarks.Cases;

/// <summary>What is timed.</summary>
internal enum CaseKind
{
    /// <summary>Epochs of training, with the data in memory and nothing beside.</summary>
    Training,

    /// <summary>Loss and prediction of all rows, training and test, once.</summary>
    Evaluation,

    /// <summary>A whole program, from its start to its end: configs/relu.yaml with all that belongs to it.</summary>
    WholeRun,

    /// <summary>The memory of that program at its highest.</summary>
    Memory,

    /// <summary>From the program's start until its first training step is recorded on the disk.</summary>
    FirstStep,

    /// <summary>Whole runs of several seeds, from the start of the program to its end.</summary>
    Sweep,

    /// <summary>A page of help, from the program's start to its end.</summary>
    Help,
}
