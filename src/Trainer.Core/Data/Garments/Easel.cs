using Trainer.Randomness;

namespace Trainer.Data.Garments;

/// <summary>What one thread needs to draw pictures, one after the other; nothing of one picture reaches the next.</summary>
internal sealed class Easel
{
    private readonly Canvas _canvas;

    /// <summary>An easel with an empty canvas.</summary>
    public Easel()
    {
        var coverage = new Coverage();
        Pen = new Pen(coverage);
        _canvas = new Canvas(coverage);
    }

    /// <summary>The random numbers of the picture at hand.</summary>
    public Dice Dice { get; } = new();

    /// <summary>Draws what is then painted.</summary>
    public Pen Pen { get; }

    /// <summary>The material of the garment at hand.</summary>
    public Cloth Cloth { get; } = new();

    /// <summary>Draws picture <paramref name="number"/> of <paramref name="source"/>, a garment of the given kind.</summary>
    /// <param name="garment">What to draw.</param>
    /// <param name="source">The random numbers of the split.</param>
    /// <param name="number">Which picture of the split.</param>
    /// <param name="pixels">All pixels of the picture, overwritten.</param>
    public void Draw(Garment garment, Philox source, int number, Span<byte> pixels)
    {
        Dice.Start(source, number);
        _canvas.Clear();
        Pen.Pose = Pose.Random(Dice);
        Cloth.Weave(Dice, Pen.Pose, garment.Patterned);
        garment.Draw(this);
        Crease();
        Crop();
        _canvas.Expose(Dice, Dice.Between(0.01f, 0.06f), pixels);
    }

    /// <summary>Paints what the pen closed with <paramref name="gain"/> · cloth.</summary>
    public void Sew(float gain) => _canvas.Paint(Cloth, gain, 0, 1);

    /// <summary>Paints what the pen closed with a tone of its own, in 0 … 1; 0 is a hole.</summary>
    public void Paint(float tone, float opacity = 1) => _canvas.Paint(Cloth, 0, tone, opacity);

    /// <summary>Dims (below 1) or brightens what the pen closed, where there is a garment at all.</summary>
    public void Tint(float gain) => _canvas.Tint(gain);

    /// <summary>A tone that stands out from the cloth: light on dark, dark on light.</summary>
    public float Contrast() =>
        Cloth.Tone > 0.55f ? Cloth.Tone * Dice.Between(0.15f, 0.7f) : Cloth.Tone + Dice.Between(0.15f, 0.5f);

    /// <summary>Up to three creases across the garment, each a dark or bright line.</summary>
    private void Crease()
    {
        for (int left = Dice.Below(4); left > 0; left--)
        {
            float x = Dice.Around(0, 0.8f), y = Dice.Around(0, 0.8f);
            Pen.Start(x, y).Curve(
                x + Dice.Around(0, 0.4f), y + Dice.Around(0, 0.4f), x + Dice.Around(0, 0.7f), y + Dice.Around(0, 0.7f));
            Pen.Stroke(Dice.Between(0.05f, 0.14f));
            Tint(Dice.Around(0.9f, 0.35f));
        }
    }

    /// <summary>Now and then something hides a corner of the garment.</summary>
    private void Crop()
    {
        if (!Dice.Chance(0.12f))
        {
            return;
        }
        float sideX = Dice.Chance(0.5f) ? -1 : 1, sideY = Dice.Chance(0.5f) ? -1 : 1;
        float cornerX = 1.4f * sideX, cornerY = 1.4f * sideY;
        Pen.Start(cornerX, cornerY)
            .Line(cornerX - sideX * Dice.Between(0.3f, 1.4f), cornerY)
            .Line(cornerX, cornerY - sideY * Dice.Between(0.3f, 1.4f))
            .Close();
        Paint(0);
    }
}
