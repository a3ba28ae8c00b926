namespace Trainer.Data.Garments;

/// <summary>The part of a garment that covers the upper body, from the shoulders to the hem; mirror-symmetric.</summary>
internal sealed record Torso
{
    /// <summary>Height of the shoulders at the neck.</summary>
    public required float Top { get; init; }

    /// <summary>Half the width of the neckline.</summary>
    public required float Neck { get; init; }

    /// <summary>How far the neckline hangs below the top.</summary>
    public required float NeckDepth { get; init; }

    /// <summary>Whether the neckline is a V instead of a round one.</summary>
    public bool NeckIsV { get; init; }

    /// <summary>Half the width of the shoulders.</summary>
    public required float Shoulder { get; init; }

    /// <summary>How far the shoulders fall from the neck to the arm.</summary>
    public required float ShoulderDrop { get; init; }

    /// <summary>Half the width under the arms.</summary>
    public required float Chest { get; init; }

    /// <summary>Height of the armpits.</summary>
    public required float Armpit { get; init; }

    /// <summary>Half the width the sides are drawn in to, between chest and hem.</summary>
    public required float Waist { get; init; }

    /// <summary>Half the width of the hem.</summary>
    public required float Hem { get; init; }

    /// <summary>Height of the hem at the sides.</summary>
    public required float Bottom { get; init; }

    /// <summary>How far the hem hangs lower in the middle.</summary>
    public float HemSag { get; init; }

    /// <summary>Draws the inside of the back, then the front.</summary>
    public void Draw(Easel easel)
    {
        easel.Pen.Start(0, Top + 0.02f).Line(Neck, Top - 0.02f);
        float inside = Top + NeckDepth + 0.05f;
        if (NeckIsV)
        {
            easel.Pen.Line(0, inside);
        }
        else
        {
            easel.Pen.Curve(Neck, inside, 0, inside);
        }
        easel.Pen.CloseMirrored();
        easel.Sew(0.45f);

        easel.Pen.Start(0, Top + NeckDepth);
        if (NeckIsV)
        {
            easel.Pen.Line(Neck, Top);
        }
        else
        {
            easel.Pen.Curve(0.95f * Neck, Top + NeckDepth, Neck, Top);
        }
        easel.Pen.Line(Shoulder, Top + ShoulderDrop)
            .Curve(0.94f * Chest, Armpit - 0.12f, Chest, Armpit)
            .Curve(Waist, 0.45f * Armpit + 0.55f * Bottom, Hem, Bottom)
            .Curve(0.5f * Hem, Bottom + HemSag, 0, Bottom + HemSag)
            .CloseMirrored();
        easel.Sew(1);
    }

    /// <summary>A band of another tone along the neckline.</summary>
    public void DrawNeckband(Easel easel, float width, float gain)
    {
        easel.Pen.Start(-Neck, Top);
        if (NeckIsV)
        {
            easel.Pen.Line(0, Top + NeckDepth).Line(Neck, Top);
        }
        else
        {
            easel.Pen.Curve(-0.95f * Neck, Top + NeckDepth, 0, Top + NeckDepth)
                .Curve(0.95f * Neck, Top + NeckDepth, Neck, Top);
        }
        easel.Pen.Stroke(width);
        easel.Sew(gain);
    }

    /// <summary>A band of another tone along the hem.</summary>
    public void DrawHemband(Easel easel, float height, float gain)
    {
        easel.Pen.Start(0, Bottom + HemSag - height)
            .Curve(0.5f * Hem, Bottom + HemSag - height, Hem, Bottom - height)
            .Line(Hem, Bottom)
            .Curve(0.5f * Hem, Bottom + HemSag, 0, Bottom + HemSag)
            .CloseMirrored();
        easel.Tint(gain);
    }
}
