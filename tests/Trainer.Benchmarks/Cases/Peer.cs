namespace Trainer.Benchmarks.Cases;

/// <summary>The contestants' names, as tables and files have them.</summary>
internal static class Peer
{
    /// <summary>Our program, on all cores.</summary>
    public const string Ours = "Trainer";

    /// <summary>Our program on one thread.</summary>
    public const string OursOnOneThread = "Trainer, 1 thread";

    /// <summary>Our program, which has one core and one thread for a run after the other.</summary>
    public const string OursSingly = "Trainer, one at a time";

    /// <summary>PyTorch.</summary>
    public const string Pytorch = "PyTorch";

    /// <summary>PyTorch in as many processes as there are cores, each with one thread.</summary>
    public const string PytorchSideBySide = "PyTorch, a process a core";

    /// <summary>The same training in plain NumPy.</summary>
    public const string Numpy = "NumPy";

    /// <summary>Our program on a GPU, whose kernels find nothing to do.</summary>
    public const string NoRows = "Trainer, no rows";

    /// <summary>Our program without any launch.</summary>
    public const string HostAlone = "Trainer, host alone";

    /// <summary>PyTorch on a GPU, an operation a launch.</summary>
    public const string PytorchEager = "PyTorch eager";

    /// <summary>PyTorch on a GPU, a whole step recorded as a CUDA graph.</summary>
    public const string PytorchGraphs = "PyTorch CUDA graphs";

    /// <summary>Several of our networks side by side on a GPU.</summary>
    public static string Networks(int count) => $"{count} networks";

    /// <summary>scikit-learn's MLPClassifier.</summary>
    public const string Sklearn = "scikit-learn";
}
