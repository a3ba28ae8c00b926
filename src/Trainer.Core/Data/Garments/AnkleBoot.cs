namespace Trainer.Data.Garments;

/// <summary>Ankle boot: a shaft above the ankle, flat or with a heel; zip, laces or elastic.</summary>
internal sealed class AnkleBoot() : Garment("Ankle boot", 0.05f)
{
    /// <inheritdoc/>
    public override void Draw(Easel easel)
    {
        Dice dice = easel.Dice;
        bool heeled = dice.Chance(0.5f);
        var shoe = new Shoe
        {
            Toe = dice.Around(-0.93f, 0.07f),
            Back = dice.Around(0.84f, 0.1f),
            Floor = dice.Around(0.82f, 0.14f),
            Sole = dice.Between(0.06f, 0.17f),
            Heel = heeled ? dice.Between(0.2f, 0.5f) : dice.Between(0.02f, 0.14f),
            HeelIsFree = heeled && dice.Chance(0.8f),
            HeelLength = dice.Between(0.1f, 0.36f),
        };
        float top = shoe.Insole(shoe.Back) - dice.Between(0.62f, 1.3f);
        top = top > -1.02f ? top : -1.02f;
        float shaft = dice.Between(0.6f, 0.95f);
        DrawUpper(easel, shoe, top, shaft);
        shoe.DrawSole(easel, dice.Chance(0.3f), dice.Around(0.6f, 0.35f));
    }

    private static void DrawUpper(Easel easel, Shoe shoe, float top, float shaft)
    {
        Dice dice = easel.Dice;
        float front = shoe.Back - shaft;
        float toeTop = shoe.Insole(shoe.Toe) - dice.Between(0.14f, 0.28f);
        float instep = shoe.Insole(front) - dice.Between(0.24f, 0.42f);
        float tilt = dice.Around(0.02f, 0.1f);
        easel.Pen.Start(shoe.Back, shoe.Insole(shoe.Back) + 0.05f)
            .Curve(shoe.Back + 0.02f, shoe.Insole(shoe.Back) - 0.25f, shoe.Back - 0.05f, top + 0.4f)
            .Line(shoe.Back - 0.02f, top - tilt)
            .Line(front + 0.02f, top + tilt)
            .Curve(front + 0.08f, instep - 0.1f, front - 0.02f, instep)
            .Curve(0.5f * (front + shoe.Toe) - 0.1f, toeTop - 0.12f, shoe.Toe + 0.25f, toeTop)
            .Curve(shoe.Toe, toeTop + 0.03f, shoe.Toe, shoe.Insole(shoe.Toe) + 0.05f).Close();
        easel.Sew(1);
        DrawFastening(easel, shoe, top, shaft, instep);
        if (dice.Chance(0.35f))
        {
            easel.Pen.Start(shoe.Back, top + 0.04f - tilt).Line(front, top + 0.04f + tilt).Stroke(dice.Between(0.08f, 0.2f));
            easel.Tint(dice.Around(0.8f, 0.4f));
        }
    }

    /// <summary>A zip, an elastic panel, laces, a strap with its buckle, or nothing.</summary>
    private static void DrawFastening(Easel easel, Shoe shoe, float top, float shaft, float instep)
    {
        Dice dice = easel.Dice;
        float front = shoe.Back - shaft;
        float gain = dice.Around(0.8f, 0.5f);
        switch (dice.Below(5))
        {
            case 0:
                float zip = shoe.Back - shaft * dice.Between(0.3f, 0.7f);
                easel.Pen.Start(zip, top).Line(zip, shoe.Insole(zip) - 0.08f).Stroke(0.06f);
                easel.Tint(gain);
                break;
            case 1:
                easel.Pen.Start(front + 0.2f * shaft, top).Line(front + 0.7f * shaft, top)
                    .Line(front + 0.45f * shaft, instep).Close();
                easel.Tint(gain);
                break;
            case 2:
                for (int i = 0; i < 5; i++)
                {
                    float y = top + 0.1f + i * (instep - top) / 5;
                    easel.Pen.Start(front + 0.02f, y).Line(front + 0.22f, y + 0.05f).Stroke(0.06f);
                }
                easel.Paint(easel.Contrast(), dice.Between(0.4f, 1));
                break;
            case 3:
                float strap = instep - dice.Between(0, 0.25f);
                easel.Pen.Start(front, strap).Line(shoe.Back, strap + 0.08f).Stroke(0.1f);
                easel.Tint(gain);
                easel.Pen.Dot(shoe.Back - 0.4f * shaft, strap + 0.05f, 0.06f);
                easel.Paint(easel.Contrast());
                break;
        }
    }
}
