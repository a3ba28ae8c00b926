namespace Trainer.Data.Garments;

/// <summary>What closes or decorates the front of a torso: button bands, zips, collars, lapels, pockets, prints.</summary>
internal static class Front
{
    /// <summary>A button band from the neck down to <paramref name="bottom"/>; its buttons may be hard to see.</summary>
    public static void DrawButtonBand(Easel easel, Torso torso, float x, float bottom, float gain)
    {
        float top = torso.Top + torso.NeckDepth;
        easel.Pen.Box(x - 0.05f, top, x + 0.05f, bottom);
        easel.Tint(gain);
        int buttons = (int)((bottom - top) / easel.Dice.Between(0.2f, 0.34f)) + 1;
        float tone = easel.Contrast();
        for (int i = 0; i < buttons; i++)
        {
            easel.Pen.Dot(x, top + (i + 0.5f) * (bottom - top) / buttons, 0.035f);
        }
        easel.Paint(tone, easel.Dice.Between(0.1f, 1));
    }

    /// <summary>The two points of a collar that is turned down; they touch in the middle but do not overlap.</summary>
    public static void DrawCollar(Easel easel, Torso torso, float size, float gain)
    {
        float middle = torso.Top + torso.NeckDepth;
        for (int side = -1; side <= 1; side += 2)
        {
            easel.Pen.Start(side * torso.Neck, torso.Top - 0.05f)
                .Line(side * (torso.Neck + 0.35f * size), torso.Top + 0.5f * size)
                .Line(side * 0.6f * torso.Neck, middle + 0.6f * size)
                .Line(0, middle)
                .Close();
        }
        easel.Sew(gain);
    }

    /// <summary>The lapels of a coat: long triangles from the neck to the first button.</summary>
    public static void DrawLapels(Easel easel, Torso torso, float length, float gain)
    {
        for (int side = -1; side <= 1; side += 2)
        {
            easel.Pen.Start(side * torso.Neck, torso.Top - 0.04f)
                .Line(side * (torso.Neck + 0.14f), torso.Top + 0.5f * length)
                .Line(side * 0.02f, torso.Top + length)
                .Close();
            easel.Tint(gain);
        }
    }

    /// <summary>A closed zip, or the slit of an open front through which the ground or a lining shows.</summary>
    public static void DrawSlit(Easel easel, Torso torso, float x, float topWidth, float bottomWidth, float tone)
    {
        float bottom = torso.Bottom + torso.HemSag + 0.02f;
        float top = torso.Top + torso.NeckDepth - 0.02f;
        easel.Pen.Start(x - topWidth, top).Line(x + topWidth, top)
            .Line(x + bottomWidth, bottom).Line(x - bottomWidth, bottom).Close();
        easel.Paint(tone);
    }

    /// <summary>A pair of pocket openings, level or slanted.</summary>
    public static void DrawPockets(Easel easel, float x, float y, float width, float slant, float gain)
    {
        for (int side = -1; side <= 1; side += 2)
        {
            easel.Pen.Start(side * x, y).Line(side * (x + width), y + slant).Stroke(0.08f);
            easel.Tint(gain);
        }
    }

    /// <summary>A print on the chest: a block, a few bars like lettering, or a patch.</summary>
    public static void DrawPrint(Easel easel, float halfWidth, float halfHeight)
    {
        float x = easel.Dice.Around(0, 0.08f), y = easel.Dice.Around(0, 0.25f);
        float tone = easel.Contrast();
        switch (easel.Dice.Below(3))
        {
            case 0:
                easel.Pen.Box(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
                break;
            case 1:
                for (int bar = -1; bar <= 1; bar++)
                {
                    float end = halfWidth * easel.Dice.Between(0.5f, 1);
                    float middle = y + 0.75f * bar * halfHeight;
                    easel.Pen.Box(x - end, middle - 0.04f, x + end, middle + 0.04f);
                }
                break;
            default:
                easel.Pen.Start(x, y - halfHeight).Curve(x + halfWidth, y - halfHeight, x + halfWidth, y)
                    .Curve(x + halfWidth, y + halfHeight, x, y + halfHeight)
                    .Curve(x - halfWidth, y + halfHeight, x - halfWidth, y)
                    .Curve(x - halfWidth, y - halfHeight, x, y - halfHeight).Close();
                break;
        }
        easel.Paint(tone, easel.Dice.Between(0.4f, 1));
    }
}
