namespace Trainer.Engines.Cpu;

/// <summary>What passes through the network for some rows: per layer z, a and the gradient to z.</summary>
internal sealed unsafe class Workspace
{
    private readonly AlignedBuffer[] _z;
    private readonly AlignedBuffer[] _a;
    private readonly AlignedBuffer[] _dz;
    private readonly PackedLayer[] _layers;

    /// <summary>Room for <paramref name="rows"/> rows.</summary>
    public Workspace(PackedLayout layout, int rows)
    {
        Rows = rows;
        _layers = layout.Layers;
        _z = Buffers(_layers);
        _a = Buffers(_layers[..^1]);
        _dz = Buffers(_layers);

        AlignedBuffer[] Buffers(PackedLayer[] layers) =>
            [.. layers.Select(layer => new AlignedBuffer((long)rows * layer.PaddedOutputs))];
    }

    /// <summary>How many rows there is room for.</summary>
    public int Rows { get; }

    /// <summary>z_BO of layer <paramref name="l"/>.</summary>
    public Panels Z(int l) => Over(_z[l], l);

    /// <summary>a_BO of hidden layer <paramref name="l"/>.</summary>
    public Panels A(int l) => Over(_a[l], l);

    /// <summary>dz_BO of layer <paramref name="l"/>; for the last, the probabilities on the way there.</summary>
    public Panels Dz(int l) => Over(_dz[l], l);

    // The last layer's rows stay whole, as softmax takes them.
    private Panels Over(AlignedBuffer buffer, int l) => l == _layers.Length - 1
        ? new Panels(buffer.Pointer, Rows, _layers[l].PaddedOutputs, _layers[l].PaddedOutputs)
        : new Panels(buffer.Pointer, Rows, _layers[l].PaddedOutputs);
}
