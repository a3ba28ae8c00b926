using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>What each byte of an image stands for: byte/255, rounded once.</summary>
internal static unsafe class PixelValues
{
    private const int White = byte.MaxValue;
    private static readonly AlignedBuffer Table = Make();

    /// <summary>The 256 values.</summary>
    public static float* Pointer => Table.Pointer;

    private static AlignedBuffer Make()
    {
        var table = new AlignedBuffer(White + 1);
        for (int value = 0; value <= White; value++)
        {
            table.Span[value] = (new Scalar(value) / new Scalar(White)).Value;
        }
        return table;
    }
}
