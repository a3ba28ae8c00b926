namespace Trainer.Data;

/// <summary>The places where Fashion-MNIST is looked for, in this order.</summary>
internal enum DataPlace
{
    /// <summary>The folder that <c>--data</c> names.</summary>
    Option,

    /// <summary>The folder that the environment variable <c>TRAINER_DATA</c> names.</summary>
    Variable,

    /// <summary>The user's cache, which has all four files.</summary>
    Cache,

    /// <summary>The user's cache, into which missing files are still to be downloaded.</summary>
    Download,
}
