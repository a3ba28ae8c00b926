namespace Trainer.Data.Garments;

/// <summary>Trousers: a waistband, two legs, a gap between them that may be closed.</summary>
internal sealed class Trouser() : Garment("Trouser", 0.12f)
{
    /// <inheritdoc/>
    public override void Draw(Easel easel)
    {
        Dice dice = easel.Dice;
        float top = dice.Around(-0.92f, 0.06f);
        float waist = dice.Around(0.34f, 0.07f);
        float hip = waist + dice.Between(0.03f, 0.12f);
        float crotch = top + dice.Between(0.5f, 0.78f);
        float bottom = dice.Chance(0.08f) ? dice.Between(0.2f, 0.5f) : dice.Around(0.93f, 0.08f);
        float ankle = hip + dice.Around(0, 0.12f);
        float cuff = dice.Between(0.18f, 0.36f);
        float inner = ankle - cuff;
        inner = inner > 0.01f ? inner : 0.01f;
        float right = dice.Around(0.97f, 0.15f);
        for (int side = -1; side <= 1; side += 2)
        {
            easel.Pen.Start(0, top).Line(side * waist, top)
                .Curve(side * hip, top + 0.3f, side * (hip - 0.01f), crotch)
                .Line(side * ankle, bottom).Line(side * inner, bottom + dice.Around(0, 0.02f))
                .Line(side * 0.015f, crotch).Line(0, crotch).Close();
            easel.Sew(side < 0 ? 1 : right);
        }
        easel.Pen.Box(-waist, top, waist, top + dice.Between(0.06f, 0.13f));
        easel.Tint(dice.Around(0.8f, 0.35f));
        easel.Pen.Start(0, top + 0.08f).Line(0, crotch).Stroke(0.06f);
        easel.Tint(dice.Around(0.75f, 0.25f));
        if (dice.Chance(0.5f))
        {
            Front.DrawPockets(easel, 0.14f, top + 0.14f, waist - 0.12f, dice.Between(0.02f, 0.18f), dice.Around(0.7f, 0.3f));
        }
        if (dice.Chance(0.4f))
        {
            // The crease that an iron leaves, or a side stripe.
            float at = dice.Between(0.35f, 0.95f);
            float gain = dice.Around(1, 0.4f);
            for (int side = -1; side <= 1; side += 2)
            {
                easel.Pen.Start(side * at * hip, crotch).Line(side * (inner + at * (ankle - inner)), bottom).Stroke(0.06f);
                easel.Tint(gain);
            }
        }
    }
}
