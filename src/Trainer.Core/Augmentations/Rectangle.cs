using Trainer.Formulas;

namespace Trainer.Augmentations;

/// <summary>What <see cref="Erasing"/> blanks in one row: columns Left to Left + Width − 1, rows Top to Top + Height − 1.</summary>
internal readonly record struct Rectangle(int Left, int Top, int Width, int Height)
{
    private const int Attempts = 10;
    private const int WordsPerAttempt = 4;

    /// <summary>The rectangle of a row; null where nothing is erased.</summary>
    public static Rectangle? Of(Erasing settings, RowWords words, int width, int height)
    {
        if (words.Uniform(Place.Erase) >= settings.Probability)
        {
            return null;
        }
        double lowest = Elementary64.Log(settings.Aspect[0]), highest = Elementary64.Log(settings.Aspect[1]);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Place place = Place.Rectangle + attempt * WordsPerAttempt;
            double area = words.Between(place, settings.Area[0], settings.Area[1]) * ((double)width * height);
            double aspect = Elementary64.Exp(words.Between(place + 1, lowest, highest));
            double tall = Math.Max(1, Math.Round(Math.Sqrt(area * aspect)));
            double wide = Math.Max(1, Math.Round(Math.Sqrt(area / aspect)));
            if (tall <= height && wide <= width)
            {
                return new Rectangle(
                    words.Below(place + 2, width - (int)wide + 1), words.Below(place + 3, height - (int)tall + 1), (int)wide, (int)tall);
            }
        }
        return null;
    }

    /// <summary>Blanks it in an image of <paramref name="width"/> columns.</summary>
    public void Erase(int width, Span<float> x)
    {
        for (int r = Top; r < Top + Height; r++)
        {
            x.Slice(r * width + Left, Width).Clear();
        }
    }
}
