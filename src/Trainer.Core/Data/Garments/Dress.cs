namespace Trainer.Data.Garments;

/// <summary>Dress: narrow above, a waist, a skirt that may flare; straps, short sleeves or long.</summary>
internal sealed class Dress() : Garment("Dress", 0.35f)
{
    /// <inheritdoc/>
    public override void Draw(Easel easel)
    {
        Dice dice = easel.Dice;
        float chest = dice.Around(0.35f, 0.08f);
        int arms = dice.Below(10);
        bool straps = arms < 4;
        var torso = new Torso
        {
            Top = dice.Around(-0.92f, 0.07f),
            Neck = straps ? dice.Between(0.16f, 0.22f) : dice.Between(0.12f, 0.2f),
            NeckDepth = dice.Between(0.08f, 0.34f),
            NeckIsV = dice.Chance(0.35f),
            Shoulder = straps ? dice.Between(0.23f, 0.28f) : chest - dice.Between(0.01f, 0.05f),
            ShoulderDrop = dice.Between(0.04f, 0.1f),
            Chest = chest,
            Armpit = dice.Around(-0.5f, 0.08f),
            Waist = chest - dice.Between(0.02f, 0.14f),
            Hem = dice.Chance(0.45f) ? dice.Between(0.3f, 0.42f) : dice.Between(0.42f, 0.76f),
            Bottom = dice.Around(0.92f, 0.09f),
            HemSag = dice.Around(0.02f, 0.06f),
        };
        torso.Draw(easel);
        if (arms >= 6)
        {
            bool longSleeves = arms >= 8;
            new Sleeves
            {
                Length = longSleeves ? dice.Between(0.8f, 1.25f) : dice.Between(0.25f, 0.5f),
                Cuff = longSleeves ? dice.Between(0.11f, 0.18f) : dice.Between(0.15f, 0.24f),
                Spread = longSleeves ? dice.Between(0.04f, 0.2f) : dice.Between(0.12f, 0.36f),
            }.Draw(easel, torso);
        }
        if (dice.Chance(0.5f))
        {
            float waist = dice.Around(-0.08f, 0.16f);
            easel.Pen.Box(-torso.Chest, waist - 0.04f, torso.Chest, waist + 0.04f);
            easel.Tint(dice.Around(0.75f, 0.45f));
        }
        DrawPleats(easel, torso);
    }

    private static void DrawPleats(Easel easel, Torso torso)
    {
        Dice dice = easel.Dice;
        float gain = dice.Around(0.85f, 0.25f);
        for (int left = dice.Below(4); left > 0; left--)
        {
            float x = dice.Around(0, 0.85f);
            easel.Pen.Start(0.5f * x * torso.Waist, 0.05f).Line(x * torso.Hem, torso.Bottom).Stroke(0.06f);
        }
        easel.Tint(gain);
    }
}
