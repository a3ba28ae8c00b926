namespace Trainer.Benchmarks.Cases;

/// <summary>The contestants' names, as tables and files have them.</summary>
internal static class Peer
{
    /// <summary>Our program, on all cores.</summary>
    public const string Ours = "Trainer";

    /// <summary>Our program on one thread.</summary>
    public const string OursOnOneThread = "Trainer, 1 thread";

    /// <summary>PyTorch.</summary>
    public const string Pytorch = "PyTorch";

    /// <summary>The same training in plain NumPy.</summary>
    public const string Numpy = "NumPy";

    /// <summary>scikit-learn's MLPClassifier.</summary>
    public const string Sklearn = "scikit-learn";
}
