namespace Trainer.Data.Garments;

/// <summary>What shoes share; they are seen from the side, toe to the left.</summary>
internal sealed record Shoe
{
    /// <summary>x of the tip of the toe.</summary>
    public required float Toe { get; init; }

    /// <summary>x of the back of the heel.</summary>
    public required float Back { get; init; }

    /// <summary>Height of the ground the shoe stands on.</summary>
    public required float Floor { get; init; }

    /// <summary>Thickness of the sole under the toe.</summary>
    public required float Sole { get; init; }

    /// <summary>How much higher the foot stands at the heel than at the toe.</summary>
    public required float Heel { get; init; }

    /// <summary>Whether the heel is a block or a spike with air before it; otherwise the sole is a wedge.</summary>
    public bool HeelIsFree { get; init; }

    /// <summary>Length of a free heel where it meets the floor.</summary>
    public float HeelLength { get; init; } = 0.2f;

    /// <summary>Height of the upper side of the sole at x.</summary>
    public float Insole(float x)
    {
        // Flat below the toes, then rising smoothly: 3t² − 2t³.
        float t = (x - Toe) / (Back - Toe) * 1.25f - 0.25f;
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        return Floor - Sole - Heel * t * t * (3 - 2 * t);
    }

    /// <summary>Sole and heel: of a contrasting tone, or of <paramref name="gain"/> · cloth.</summary>
    public void DrawSole(Easel easel, bool contrasting, float gain)
    {
        float length = Back - Toe;
        easel.Pen.Start(Toe, Insole(Toe) + 0.02f);
        for (int i = 1; i <= 6; i++)
        {
            float x = Toe + i * length / 6;
            easel.Pen.Line(x, Insole(x));
        }
        if (HeelIsFree)
        {
            easel.Pen.Line(Back - 0.03f, Floor).Line(Back - 0.03f - HeelLength, Floor);
            for (int i = 4; i >= 1; i--)
            {
                float x = Toe + i * length / 6;
                easel.Pen.Line(x, Insole(x) + Sole);
            }
        }
        else
        {
            easel.Pen.Line(Back, Floor);
        }
        easel.Pen.Line(Toe + 0.12f * length, Floor).Line(Toe + 0.02f, Floor - 0.3f * Sole).Close();
        if (contrasting)
        {
            easel.Paint(easel.Contrast());
        }
        else
        {
            easel.Sew(gain);
        }
    }
}
