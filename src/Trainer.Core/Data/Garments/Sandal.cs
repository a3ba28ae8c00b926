namespace Trainer.Data.Garments;

/// <summary>Sandal: a sole, flat, wedge or on a heel, and straps with air between them; some are nearly closed.</summary>
internal sealed class Sandal() : Garment("Sandal", 0.05f)
{
    /// <inheritdoc/>
    public override void Draw(Easel easel)
    {
        Dice dice = easel.Dice;
        int kind = dice.Below(3);
        bool closed = dice.Chance(0.15f);
        var shoe = new Shoe
        {
            Toe = dice.Around(-0.93f, 0.06f),
            Back = dice.Around(0.88f, 0.09f),
            Floor = dice.Around(0.56f, 0.2f),
            Sole = dice.Between(0.08f, 0.2f),
            Heel = kind == 0 ? dice.Between(0, 0.1f) : dice.Between(0.15f, 0.7f),
            HeelIsFree = kind == 2,
            HeelLength = dice.Between(0.05f, 0.2f),
        };
        if (closed)
        {
            DrawVamp(easel, shoe);
        }
        else
        {
            DrawStraps(easel, shoe);
        }
        if (closed || dice.Chance(0.65f))
        {
            DrawAnkle(easel, shoe, dice.Around(1, 0.2f));
        }
        shoe.DrawSole(easel, dice.Chance(0.35f), dice.Around(0.85f, 0.35f));
    }

    private static void DrawStraps(Easel easel, Shoe shoe)
    {
        Dice dice = easel.Dice;
        float gain = dice.Around(1, 0.2f);
        int straps = 1 + dice.Below(4);
        float x = dice.Between(-0.8f, -0.6f);
        for (int i = 0; i < straps && x < 0.3f; i++)
        {
            // A strap arches over the foot, which is higher the nearer it is to the ankle; its far end is in the shade.
            float width = dice.Between(0.11f, 0.28f);
            float rise = 0.27f + 0.25f * (x + 0.7f) + dice.Around(0, 0.08f);
            float span = dice.Between(0.26f, 0.56f);
            float top = shoe.Insole(x) - rise;
            easel.Pen.Start(x + 0.5f * span, top).Curve(x + span, top, x + span, shoe.Insole(x + span))
                .Stroke(0.6f * width);
            easel.Sew(0.6f * gain);
            easel.Pen.Start(x, shoe.Insole(x) + 0.03f).Curve(x + 0.05f * span, top, x + 0.6f * span, top).Stroke(width);
            easel.Sew(gain);
            x += 0.5f * span + dice.Between(0.12f, 0.34f);
        }
    }

    /// <summary>A closed front, as on an espadrille: only the side of the foot is bare.</summary>
    private static void DrawVamp(Easel easel, Shoe shoe)
    {
        Dice dice = easel.Dice;
        float end = dice.Between(-0.25f, 0.2f);
        float top = shoe.Insole(end) - dice.Between(0.3f, 0.45f);
        easel.Pen.Start(shoe.Toe, shoe.Insole(shoe.Toe) + 0.04f)
            .Curve(shoe.Toe, shoe.Insole(shoe.Toe) - 0.24f, shoe.Toe + 0.4f, shoe.Insole(shoe.Toe) - 0.24f)
            .Line(end - dice.Between(0.05f, 0.25f), top)
            .Line(end, shoe.Insole(end) + 0.04f).Close();
        easel.Sew(dice.Around(1, 0.2f));
    }

    /// <summary>A strap around the ankle, held by a counter at the heel.</summary>
    private static void DrawAnkle(Easel easel, Shoe shoe, float gain)
    {
        Dice dice = easel.Dice;
        float y = shoe.Insole(shoe.Back) - dice.Between(0.3f, 0.62f);
        float front = shoe.Back - dice.Between(0.45f, 0.75f);
        easel.Pen.Start(shoe.Back, shoe.Insole(shoe.Back)).Line(shoe.Back - 0.05f, y)
            .Line(shoe.Back - dice.Between(0.1f, 0.3f), y)
            .Line(shoe.Back - dice.Between(0.08f, 0.4f), shoe.Insole(shoe.Back)).Close();
        easel.Sew(gain);
        // The loop around the leg: its far half is higher in the picture and in the shade.
        float middle = 0.5f * (shoe.Back + front), width = dice.Between(0.07f, 0.14f);
        easel.Pen.Start(shoe.Back - 0.05f, y).Curve(middle, y - 0.16f, front, y).Stroke(width);
        easel.Sew(0.6f * gain);
        easel.Pen.Start(shoe.Back - 0.05f, y + 0.04f).Curve(middle, y + 0.2f, front, y).Stroke(width);
        easel.Sew(gain);
        if (dice.Chance(0.5f))
        {
            float x = dice.Between(-0.55f, -0.2f);
            easel.Pen.Start(front, y).Line(x, shoe.Insole(x)).Stroke(dice.Between(0.07f, 0.16f));
            easel.Sew(gain);
        }
    }
}
