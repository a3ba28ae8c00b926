namespace Trainer.Data.Garments;

/// <summary>Shirt: collar and button band, long sleeves or short, often patterned; its details are easily overlooked.</summary>
internal sealed class Shirt() : Garment("Shirt", 0.5f)
{
    /// <inheritdoc/>
    public override void Draw(Easel easel)
    {
        Dice dice = easel.Dice;
        bool shortSleeves = dice.Chance(0.3f);
        Torso torso = Cut(dice);
        torso.Draw(easel);
        new Sleeves
        {
            Length = shortSleeves ? dice.Between(0.36f, 0.7f) : dice.Between(1.1f, 1.5f),
            Cuff = shortSleeves ? dice.Between(0.22f, 0.34f) : dice.Between(0.15f, 0.25f),
            Spread = shortSleeves ? dice.Between(0.16f, 0.4f) : dice.Between(0.05f, 0.24f),
            CuffBand = dice.Chance(0.5f) ? dice.Between(0.08f, 0.16f) : 0,
            CuffGain = dice.Around(0.9f, 0.25f),
        }.Draw(easel, torso);
        // A quarter are slipped over the head: their buttons end on the chest.
        float bandEnd = dice.Chance(0.25f) ? dice.Between(-0.4f, -0.05f) : torso.Bottom + torso.HemSag;
        Front.DrawButtonBand(easel, torso, dice.Around(0, 0.04f), bandEnd, dice.Around(0.97f, 0.35f));
        if (dice.Chance(0.85f))
        {
            Front.DrawCollar(easel, torso, dice.Between(0.14f, 0.3f), dice.Around(1, 0.3f));
        }
        if (dice.Chance(0.3f))
        {
            float side = dice.Chance(0.8f) ? 0.24f : -0.24f;
            easel.Pen.Box(side - 0.1f, -0.32f, side + 0.1f, -0.08f);
            easel.Tint(dice.Around(0.9f, 0.25f));
        }
    }

    private static Torso Cut(Dice dice)
    {
        float chest = dice.Around(0.56f, 0.09f);
        return new Torso
        {
            Top = dice.Around(-0.92f, 0.07f),
            Neck = dice.Between(0.15f, 0.26f),
            NeckDepth = dice.Between(0.07f, 0.28f),
            NeckIsV = dice.Chance(0.6f),
            Shoulder = chest - dice.Between(0, 0.07f),
            ShoulderDrop = dice.Between(0.08f, 0.16f),
            Chest = chest,
            Armpit = dice.Around(-0.36f, 0.09f),
            Waist = chest - dice.Between(0, 0.13f),
            Hem = chest + dice.Around(0.01f, 0.07f),
            Bottom = dice.Around(0.88f, 0.13f),
            HemSag = dice.Around(0.07f, 0.09f),
        };
    }
}
