namespace Trainer.Data.Garments;

/// <summary>T-shirt or top: short sleeves or straps, an open neck, often a print.</summary>
internal sealed class TShirt() : Garment("T-shirt/top", 0.3f)
{
    /// <inheritdoc/>
    public override void Draw(Easel easel)
    {
        Dice dice = easel.Dice;
        bool sleeveless = dice.Chance(0.14f);
        Torso torso = Cut(dice, sleeveless);
        torso.Draw(easel);
        if (!sleeveless)
        {
            new Sleeves
            {
                Length = dice.Chance(0.12f) ? dice.Between(0.7f, 1.25f) : dice.Between(0.38f, 0.66f),
                Cuff = dice.Between(0.24f, 0.36f),
                Spread = dice.Between(0.2f, 0.5f),
                CuffBand = dice.Chance(0.3f) ? 0.09f : 0,
                CuffGain = dice.Around(0.8f, 0.3f),
            }.Draw(easel, torso);
        }
        if (dice.Chance(0.6f))
        {
            torso.DrawNeckband(easel, 0.08f, dice.Around(0.9f, 0.4f));
        }
        if (dice.Chance(0.12f))
        {
            // A polo or a henley: as near to a shirt as a T-shirt comes.
            Front.DrawButtonBand(easel, torso, 0, dice.Between(-0.5f, -0.15f), dice.Around(0.95f, 0.3f));
            Front.DrawCollar(easel, torso, dice.Between(0.1f, 0.22f), dice.Around(1, 0.25f));
        }
        if (dice.Chance(0.45f))
        {
            Front.DrawPrint(easel, dice.Between(0.12f, 0.34f), dice.Between(0.1f, 0.34f));
        }
    }

    private static Torso Cut(Dice dice, bool sleeveless)
    {
        float chest = dice.Around(0.56f, 0.09f);
        return new Torso
        {
            Top = dice.Around(-0.93f, 0.07f),
            Neck = dice.Between(0.17f, 0.3f),
            NeckDepth = dice.Between(0.1f, 0.34f),
            NeckIsV = dice.Chance(0.25f),
            Shoulder = sleeveless ? dice.Between(0.32f, 0.44f) : chest - dice.Between(0, 0.06f),
            ShoulderDrop = dice.Between(0.07f, 0.15f),
            Chest = chest,
            Armpit = dice.Around(-0.38f, 0.09f),
            Waist = chest - dice.Between(0, 0.1f),
            Hem = chest + dice.Around(0, 0.06f),
            Bottom = dice.Around(0.88f, 0.14f),
            HemSag = dice.Around(0.03f, 0.05f),
        };
    }
}
