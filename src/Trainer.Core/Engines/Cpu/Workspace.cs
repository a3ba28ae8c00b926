using Trainer.Networks;

namespace Trainer.Engines.Cpu;

/// <summary>What passes through the network for some rows: per layer z, a and the gradient to z; in training, with what stands
/// between them in networks that have it.</summary>
internal sealed unsafe class Workspace
{
    private readonly AlignedBuffer[] _z;
    private readonly AlignedBuffer[] _normal;
    private readonly AlignedBuffer[] _y;
    private readonly AlignedBuffer[] _a;
    private readonly AlignedBuffer[] _masks;
    private readonly AlignedBuffer[] _outputs;
    private readonly AlignedBuffer[] _dz;
    private readonly PackedLayer[] _layers;

    private Workspace(PackedLayout layout, int rows, bool normalizes, bool drops)
    {
        Rows = rows;
        Drops = drops;
        _layers = layout.Layers;
        PackedLayer[] hidden = _layers[..^1];
        _z = Buffers(_layers);
        _a = Buffers(hidden);
        _dz = Buffers(_layers);
        // Where nothing stands between two of them they are the same.
        _normal = normalizes ? Buffers(hidden) : _z;
        _y = normalizes ? Buffers(hidden) : _z;
        _masks = drops ? Buffers(hidden) : [];
        _outputs = drops ? Buffers(hidden) : _a;

        AlignedBuffer[] Buffers(PackedLayer[] layers) =>
            [.. layers.Select(layer => new AlignedBuffer((long)rows * layer.PaddedOutputs))];
    }

    /// <summary>How many rows there is room for.</summary>
    public int Rows { get; }

    /// <summary>Whether units are left out.</summary>
    public bool Drops { get; }

    /// <summary>Room for <paramref name="rows"/> rows as the network is used: normalised in place, nothing left out.</summary>
    public static Workspace ForEvaluation(PackedLayout layout, int rows) => new(layout, rows, normalizes: false, drops: false);

    /// <summary>Room for <paramref name="rows"/> rows in training.</summary>
    public static Workspace ForTraining(PackedLayout layout, Mlp network, int rows, bool drops) =>
        new(layout, rows, network.BatchNorm is not null, drops && network.Dropout > 0);

    /// <summary>z_BO of layer <paramref name="l"/>.</summary>
    public Panels Z(int l) => Over(_z[l], l);

    /// <summary>ẑ_BO of a normalised layer.</summary>
    public Panels Normal(int l) => Over(_normal[l], l);

    /// <summary>What the activation of hidden layer <paramref name="l"/> takes, (B, O): z, or y of a batch normalisation.</summary>
    public Panels Y(int l) => Over(_y[l], l);

    /// <summary>a_BO of hidden layer <paramref name="l"/>.</summary>
    public Panels A(int l) => Over(_a[l], l);

    /// <summary>The masks of dropout of hidden layer <paramref name="l"/>, (B, O).</summary>
    public Panels Masks(int l) => Over(_masks[l], l);

    /// <summary>What the next layer reads of hidden layer <paramref name="l"/>, (B, O): a, or what dropout leaves of it.</summary>
    public Panels Outputs(int l) => Over(_outputs[l], l);

    /// <summary>dz_BO of layer <paramref name="l"/>; for the last, the probabilities on the way there.</summary>
    public Panels Dz(int l) => Over(_dz[l], l);

    // The last layer's rows stay whole, as softmax takes them.
    private Panels Over(AlignedBuffer buffer, int l) => l == _layers.Length - 1
        ? new Panels(buffer.Pointer, Rows, _layers[l].PaddedOutputs, _layers[l].PaddedOutputs)
        : new Panels(buffer.Pointer, Rows, _layers[l].PaddedOutputs);
}
