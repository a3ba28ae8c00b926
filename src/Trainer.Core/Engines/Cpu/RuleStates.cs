namespace Trainer.Engines.Cpu;

/// <summary>Where an update rule's numbers of state lie, each in a vector as long as the parameters; null for those that it
/// has not.</summary>
/// <param name="buffers">One vector for each number that the rule has.</param>
internal readonly unsafe struct RuleStates(AlignedBuffer[] buffers)
{
    /// <summary>The first numbers.</summary>
    public float* First { get; } = At(buffers, 0);

    /// <summary>The second numbers.</summary>
    public float* Second { get; } = At(buffers, 1);

    /// <summary>The third numbers.</summary>
    public float* Third { get; } = At(buffers, 2);

    private static float* At(AlignedBuffer[] buffers, int index) => index < buffers.Length ? buffers[index].Pointer : null;
}
