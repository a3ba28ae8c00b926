namespace Trainer.Data.Garments;

/// <summary>Bag: a body between clutch and tote, one handle or two or a strap, perhaps a flap, a clasp, seams.</summary>
internal sealed class Bag() : Garment("Bag", 0.2f)
{
    /// <inheritdoc/>
    public override void Draw(Easel easel)
    {
        Dice dice = easel.Dice;
        float bottom = dice.Around(0.76f, 0.16f);
        float height = dice.Between(0.85f, 1.5f);
        float top = bottom - height;
        float halfTop = dice.Between(0.58f, 0.95f);
        float halfBottom = halfTop + dice.Around(0.04f, 0.18f);
        float corner = dice.Between(0.03f, 0.25f);
        DrawHandle(easel, top, halfTop);
        easel.Pen.Start(0, top + dice.Around(0, 0.04f)).Line(halfTop - 0.3f * corner, top)
            .Curve(halfTop, top, halfTop, top + 0.5f * corner)
            .Line(halfBottom, bottom - corner)
            .Curve(halfBottom, bottom, halfBottom - corner, bottom)
            .Line(0, bottom + dice.Around(0.01f, 0.05f)).CloseMirrored();
        easel.Sew(1);
        DrawFlap(easel, top, height, halfTop);
        if (dice.Chance(0.6f))
        {
            float half = dice.Between(0.05f, 0.13f);
            easel.Pen.Dot(dice.Around(0, 0.05f), top + height * dice.Between(0.2f, 0.6f), half);
            easel.Paint(easel.Contrast(), dice.Between(0.4f, 1));
        }
    }

    private static void DrawHandle(Easel easel, float top, float halfTop)
    {
        Dice dice = easel.Dice;
        int kind = dice.Below(8);
        if (kind == 0)
        {
            return;
        }
        float half = halfTop * dice.Between(0.3f, 0.95f);
        float peak = top - dice.Between(0.25f, 0.75f);
        peak = peak > -1 ? peak : -1;
        float width = dice.Between(0.06f, 0.15f);
        float gain = dice.Around(0.9f, 0.35f);
        float shift = kind < 3 ? dice.Between(0.05f, 0.2f) : 0;
        for (int handle = 0; handle < (kind < 3 ? 2 : 1); handle++)
        {
            float x = shift * (handle == 0 ? -0.5f : 0.5f);
            easel.Pen.Start(x - half, top + 0.15f).Curve(x - half, peak, x, peak).Curve(x + half, peak, x + half, top + 0.15f)
                .Stroke(width);
            easel.Sew(gain * (handle == 0 ? 0.8f : 1));
        }
    }

    private static void DrawFlap(Easel easel, float top, float height, float halfTop)
    {
        Dice dice = easel.Dice;
        float drop = top + height * dice.Between(0.15f, 0.6f);
        switch (dice.Below(4))
        {
            case 0:
                easel.Pen.Start(0, top).Line(halfTop, top)
                    .Curve(halfTop, drop, 0.3f * halfTop, drop).Line(0, drop).CloseMirrored();
                easel.Tint(dice.Around(0.9f, 0.3f));
                break;
            case 1:
                easel.Pen.Start(-halfTop, drop).Line(halfTop, drop).Stroke(dice.Between(0.05f, 0.12f));
                easel.Tint(dice.Around(0.7f, 0.4f));
                break;
            case 2:
                for (int side = -1; side <= 1; side += 2)
                {
                    easel.Pen.Start(side * 0.55f * halfTop, top).Line(side * 0.55f * halfTop, top + height).Stroke(0.08f);
                    easel.Tint(0.7f);
                }
                break;
        }
    }
}
