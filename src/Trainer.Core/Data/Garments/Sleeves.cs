namespace Trainer.Data.Garments;

/// <summary>A pair of sleeves on a torso; each arm hangs a little differently.</summary>
internal sealed record Sleeves
{
    /// <summary>Length from the shoulder to the cuff.</summary>
    public required float Length { get; init; }

    /// <summary>Width of the cuff.</summary>
    public required float Cuff { get; init; }

    /// <summary>How far the arms are spread: tan(angle/2) of the angle between arm and vertical.</summary>
    public required float Spread { get; init; }

    /// <summary>How much the spread of one arm differs from the other's.</summary>
    public float Difference { get; init; } = 0.06f;

    /// <summary>Height of a band of another tone at the cuff; 0 is none.</summary>
    public float CuffBand { get; init; }

    /// <summary>Tone of that band, relative to the cloth.</summary>
    public float CuffGain { get; init; } = 1;

    /// <summary>Draws both, with a seam where they join the torso.</summary>
    public void Draw(Easel easel, Torso torso)
    {
        float gain = easel.Dice.Around(0.97f, 0.15f);
        float seam = easel.Dice.Around(0.75f, 0.3f);
        for (int side = -1; side <= 1; side += 2)
        {
            DrawOne(easel, torso, side, Spread + easel.Dice.Around(0, Difference), gain);
            easel.Pen.Start(side * torso.Shoulder, torso.Top + torso.ShoulderDrop)
                .Curve(side * 0.94f * torso.Chest, torso.Armpit - 0.12f, side * torso.Chest, torso.Armpit)
                .Stroke(0.07f);
            easel.Tint(seam);
        }
    }

    private void DrawOne(Easel easel, Torso torso, int side, float spread, float gain)
    {
        float norm = 1 / (1 + spread * spread);
        float downX = 2 * spread * norm, downY = (1 - spread * spread) * norm;
        float shoulderX = torso.Shoulder - 0.03f, shoulderY = torso.Top + torso.ShoulderDrop;
        float outerX = shoulderX + Length * downX, outerY = shoulderY + Length * downY;
        float innerX = outerX - Cuff * downY, innerY = outerY + Cuff * downX;
        float elbowX = 0.5f * (shoulderX + outerX) + 0.10f * Length * downY;
        float elbowY = 0.5f * (shoulderY + outerY) - 0.10f * Length * downX;
        easel.Pen.Start(side * shoulderX, shoulderY)
            .Curve(side * elbowX, elbowY, side * outerX, outerY)
            .Line(side * innerX, innerY)
            .Line(side * (torso.Chest - 0.03f), torso.Armpit)
            .Close();
        easel.Sew(gain);
        if (CuffBand > 0)
        {
            float upX = -CuffBand * downX, upY = -CuffBand * downY;
            easel.Pen.Start(side * outerX, outerY).Line(side * innerX, innerY)
                .Line(side * (innerX + upX), innerY + upY).Line(side * (outerX + upX), outerY + upY).Close();
            easel.Tint(CuffGain);
        }
    }
}
