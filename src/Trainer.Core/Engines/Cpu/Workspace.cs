namespace Trainer.Engines.Cpu;

/// <summary>What passes through the network for some rows: input, and per layer z, a and the gradient to z. Rows are
/// padded to whole cache lines.</summary>
internal sealed class Workspace
{
    /// <summary>Room for <paramref name="rows"/> rows.</summary>
    public Workspace(PackedLayout layout, int rows)
    {
        Rows = rows;
        Input = new AlignedBuffer((long)rows * layout.Layers[0].InputStride);
        Z = Buffers(layout.Layers);
        A = Buffers(layout.Layers[..^1]);
        Dz = Buffers(layout.Layers);

        AlignedBuffer[] Buffers(PackedLayer[] layers) => [.. layers.Select(layer => new AlignedBuffer((long)rows * layer.Stride))];
    }

    /// <summary>How many rows there is room for.</summary>
    public int Rows { get; }

    /// <summary>x_BI of the first layer.</summary>
    public AlignedBuffer Input { get; }

    /// <summary>z_BO of each layer.</summary>
    public AlignedBuffer[] Z { get; }

    /// <summary>a_BO of each hidden layer.</summary>
    public AlignedBuffer[] A { get; }

    /// <summary>dz_BO of each layer; for the last, the probabilities on the way there.</summary>
    public AlignedBuffer[] Dz { get; }

    /// <summary>x_BI of layer <paramref name="index"/>: the input, or the activations of the layer before.</summary>
    public AlignedBuffer InputOf(int index) => index == 0 ? Input : A[index - 1];
}
