namespace Trainer.Data.Garments;

/// <summary>Sneaker: a closed low shoe on a thick flat sole, laces or stripes; some reach the ankle.</summary>
internal sealed class Sneaker() : Garment("Sneaker", 0.08f)
{
    /// <inheritdoc/>
    public override void Draw(Easel easel)
    {
        Dice dice = easel.Dice;
        var shoe = new Shoe
        {
            Toe = dice.Around(-0.95f, 0.06f),
            Back = dice.Around(0.94f, 0.06f),
            Floor = dice.Around(0.5f, 0.16f),
            Sole = dice.Between(0.09f, 0.22f),
            Heel = dice.Between(0, 0.14f),
        };
        float collar = shoe.Floor - (dice.Chance(0.2f) ? dice.Between(0.95f, 1.4f) : dice.Between(0.66f, 0.94f));
        float tongueX = dice.Around(0.12f, 0.14f);
        DrawUpper(easel, shoe, collar, tongueX);
        shoe.DrawSole(easel, dice.Chance(0.65f), dice.Around(0.8f, 0.4f));
    }

    private static void DrawUpper(Easel easel, Shoe shoe, float collar, float tongueX)
    {
        Dice dice = easel.Dice;
        float toeTop = shoe.Insole(shoe.Toe) - dice.Between(0.2f, 0.32f);
        float dip = collar + dice.Between(0.02f, 0.16f);
        // The lining of the far side shows above the collar.
        easel.Pen.Start(shoe.Back - 0.05f, collar + 0.1f).Line(shoe.Back - 0.08f, collar)
            .Line(tongueX + 0.05f, collar - 0.04f).Line(tongueX, collar + 0.15f).Close();
        easel.Sew(0.4f);
        easel.Pen.Start(shoe.Back, shoe.Insole(shoe.Back) + 0.05f)
            .Curve(shoe.Back - 0.02f, 0.5f * (collar + shoe.Floor), shoe.Back - 0.04f, collar)
            .Curve(0.5f * (shoe.Back + tongueX), dip + 0.26f, tongueX + 0.02f, dip - 0.06f)
            .Line(tongueX - 0.1f, dip - 0.08f)
            .Curve(-0.25f, toeTop - 0.12f, -0.5f, toeTop - 0.02f)
            .Curve(shoe.Toe, toeTop, shoe.Toe, shoe.Insole(shoe.Toe) + 0.05f).Close();
        easel.Sew(1);
        if (dice.Chance(0.5f))
        {
            easel.Pen.Start(shoe.Toe, shoe.Insole(shoe.Toe)).Curve(shoe.Toe, toeTop, -0.5f, toeTop)
                .Line(-0.42f, shoe.Insole(-0.42f)).Close();
            easel.Tint(dice.Around(0.9f, 0.4f));
        }
        DrawLaces(easel, toeTop, dip, tongueX);
        DrawSideStripes(easel, shoe, dip);
    }

    private static void DrawLaces(Easel easel, float toeTop, float dip, float tongueX)
    {
        Dice dice = easel.Dice;
        if (!dice.Chance(0.75f))
        {
            return;
        }
        float tone = easel.Contrast();
        int laces = 3 + dice.Below(3);
        for (int i = 0; i < laces; i++)
        {
            float t = (i + 0.5f) / laces;
            float x = -0.42f + t * (tongueX + 0.36f), y = toeTop - 0.04f + t * (dip - toeTop);
            easel.Pen.Start(x - 0.05f, y).Line(x + 0.1f, y + 0.12f).Stroke(0.06f);
        }
        easel.Paint(tone, dice.Between(0.4f, 1));
    }

    private static void DrawSideStripes(Easel easel, Shoe shoe, float dip)
    {
        Dice dice = easel.Dice;
        int stripes = dice.Below(5);
        if (stripes == 0)
        {
            return;
        }
        float lean = dice.Around(0.12f, 0.2f), x = dice.Between(0.05f, 0.3f), width = dice.Between(0.05f, 0.1f);
        for (int i = 0; i < stripes && i < 3; i++)
        {
            float at = x + i * 0.17f;
            easel.Pen.Start(at - lean, dip + 0.16f).Line(at, shoe.Insole(at)).Stroke(width);
        }
        easel.Paint(easel.Contrast(), dice.Between(0.3f, 1));
    }
}
