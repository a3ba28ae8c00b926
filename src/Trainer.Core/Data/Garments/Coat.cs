namespace Trainer.Data.Garments;

/// <summary>Coat or jacket: long sleeves, a front that opens, lapels, a collar or a hood, pockets.</summary>
internal sealed class Coat() : Garment("Coat", 0.15f)
{
    /// <inheritdoc/>
    public override void Draw(Easel easel)
    {
        Dice dice = easel.Dice;
        Torso torso = Cut(dice);
        torso.Draw(easel);
        new Sleeves
        {
            Length = dice.Between(1.15f, 1.5f),
            Cuff = dice.Between(0.17f, 0.29f),
            Spread = dice.Between(0.04f, 0.22f),
            CuffBand = dice.Chance(0.3f) ? dice.Between(0.08f, 0.16f) : 0,
            CuffGain = dice.Around(0.85f, 0.25f),
        }.Draw(easel, torso);
        float opening = dice.Around(0, 0.08f);
        DrawFront(easel, torso, opening);
        if (dice.Chance(0.55f))
        {
            Front.DrawPockets(
                easel, dice.Between(0.14f, 0.24f), dice.Around(0.3f, 0.15f), dice.Between(0.14f, 0.24f),
                dice.Around(0, 0.16f), dice.Around(0.7f, 0.3f));
        }
        if (dice.Chance(0.2f))
        {
            float waist = 0.45f * torso.Armpit + 0.55f * torso.Bottom - 0.15f;
            easel.Pen.Box(-torso.Chest, waist - 0.05f, torso.Chest, waist + 0.05f);
            easel.Tint(dice.Around(0.7f, 0.35f));
        }
    }

    private static Torso Cut(Dice dice)
    {
        float chest = dice.Around(0.56f, 0.09f);
        return new Torso
        {
            Top = dice.Around(-0.91f, 0.08f),
            Neck = dice.Between(0.14f, 0.25f),
            NeckDepth = dice.Between(0.05f, 0.24f),
            NeckIsV = dice.Chance(0.6f),
            Shoulder = chest - dice.Between(0, 0.08f),
            ShoulderDrop = dice.Between(0.08f, 0.17f),
            Chest = chest,
            Armpit = dice.Around(-0.36f, 0.09f),
            Waist = chest - dice.Between(0, 0.12f),
            Hem = chest + dice.Around(0.04f, 0.09f),
            Bottom = dice.Around(0.91f, 0.11f),
            HemSag = dice.Around(0.01f, 0.03f),
        };
    }

    private static void DrawFront(Easel easel, Torso torso, float opening)
    {
        Dice dice = easel.Dice;
        float openness = dice.Chance(0.3f) ? dice.Between(0.05f, 0.2f) : dice.Between(0.02f, 0.04f);
        float tone = easel.Cloth.Tone * dice.Between(0, 0.95f);
        Front.DrawSlit(easel, torso, opening, 0.025f, openness, tone);
        switch (dice.Below(4))
        {
            case 0:
                Front.DrawCollar(easel, torso, dice.Between(0.2f, 0.36f), dice.Around(0.9f, 0.3f));
                break;
            case 1:
                // A hood lies around the neck.
                easel.Pen.Start(0, torso.Top - 0.14f)
                    .Curve(torso.Neck + 0.14f, torso.Top - 0.14f, torso.Neck + 0.12f, torso.Top + 0.12f)
                    .Curve(0.8f * torso.Neck, torso.Top, 0, torso.Top + 0.04f).CloseMirrored();
                easel.Sew(dice.Between(0.6f, 1.2f));
                break;
            default:
                Front.DrawLapels(easel, torso, dice.Between(0.4f, 0.85f), dice.Around(0.8f, 0.35f));
                break;
        }
        if (dice.Chance(0.5f))
        {
            float x = opening + dice.Between(0.06f, 0.16f);
            float buttons = easel.Contrast();
            for (float y = dice.Around(-0.2f, 0.15f); y < torso.Bottom - 0.1f; y += 0.27f)
            {
                easel.Pen.Dot(x, y, 0.045f);
            }
            easel.Paint(buttons, dice.Between(0.3f, 1));
        }
    }
}
