namespace Trainer.Data.Garments;

/// <summary>Pullover: long sleeves, a closed front, ribbed neck, hem and cuffs.</summary>
internal sealed class Pullover() : Garment("Pullover", 0.4f)
{
    /// <inheritdoc/>
    public override void Draw(Easel easel)
    {
        Dice dice = easel.Dice;
        float ribs = dice.Around(0.85f, 0.25f);
        Torso torso = Cut(dice);
        torso.Draw(easel);
        new Sleeves
        {
            Length = dice.Chance(0.15f) ? dice.Between(0.6f, 1) : dice.Between(1.15f, 1.55f),
            Cuff = dice.Between(0.15f, 0.25f),
            Spread = dice.Between(0.05f, 0.24f),
            CuffBand = dice.Between(0.08f, 0.18f),
            CuffGain = ribs,
        }.Draw(easel, torso);
        torso.DrawHemband(easel, dice.Between(0.08f, 0.18f), ribs);
        DrawNeck(easel, torso, ribs);
        if (dice.Chance(0.2f))
        {
            // A short zip or a few buttons below the neck: as near to a shirt as a pullover comes.
            Front.DrawButtonBand(easel, torso, 0, dice.Between(-0.45f, 0), dice.Around(0.9f, 0.3f));
            Front.DrawCollar(easel, torso, dice.Between(0.12f, 0.26f), dice.Around(1, 0.25f));
        }
        if (dice.Chance(0.25f))
        {
            Front.DrawPrint(easel, dice.Between(0.12f, 0.34f), dice.Between(0.1f, 0.3f));
        }
    }

    private static Torso Cut(Dice dice)
    {
        float chest = dice.Around(0.56f, 0.09f);
        return new Torso
        {
            Top = dice.Around(-0.91f, 0.08f),
            Neck = dice.Between(0.15f, 0.27f),
            NeckDepth = dice.Between(0.06f, 0.26f),
            NeckIsV = dice.Chance(0.25f),
            Shoulder = chest - dice.Between(0, 0.09f),
            ShoulderDrop = dice.Between(0.09f, 0.18f),
            Chest = chest,
            Armpit = dice.Around(-0.34f, 0.09f),
            Waist = chest - dice.Between(0, 0.07f),
            Hem = chest - dice.Around(0.01f, 0.06f),
            Bottom = dice.Around(0.86f, 0.14f),
            HemSag = dice.Around(0.02f, 0.04f),
        };
    }

    /// <summary>A ribbed neckband, a roll neck or a hood.</summary>
    private static void DrawNeck(Easel easel, Torso torso, float ribs)
    {
        Dice dice = easel.Dice;
        int kind = dice.Below(10);
        if (kind < 6)
        {
            torso.DrawNeckband(easel, dice.Between(0.07f, 0.13f), ribs);
        }
        else if (kind < 8)
        {
            easel.Pen.Start(0, torso.Top - 0.14f).Line(0.9f * torso.Neck, torso.Top - 0.13f)
                .Line(torso.Neck + 0.03f, torso.Top + 0.05f)
                .Curve(0.5f * torso.Neck, torso.Top + torso.NeckDepth + 0.05f, 0, torso.Top + torso.NeckDepth + 0.05f)
                .CloseMirrored();
            easel.Sew(ribs);
        }
        else
        {
            easel.Pen.Start(0, torso.Top - 0.12f)
                .Curve(torso.Neck + 0.1f, torso.Top - 0.12f, torso.Neck + 0.12f, torso.Top + 0.1f)
                .Curve(torso.Neck, torso.Top + 0.3f, 0, torso.Top + 0.36f).CloseMirrored();
            easel.Sew(dice.Between(0.7f, 1));
            easel.Pen.Start(0, torso.Top - 0.04f)
                .Curve(torso.Neck, torso.Top - 0.04f, 0.8f * torso.Neck, torso.Top + 0.08f)
                .Curve(0.6f * torso.Neck, torso.Top + 0.2f, 0, torso.Top + 0.22f).CloseMirrored();
            easel.Tint(0.45f);
        }
    }
}
