namespace Trainer.Yaml;

/// <summary>"Did you mean": the known word nearest to one that is not known.</summary>
internal static class Suggestion
{
    // No word of ours is longer; a longer one is not a slip of the keyboard, and the table below grows with its square.
    private const int LongestWord = 64;

    /// <summary>
    /// The first of the nearest <paramref name="known"/> words, without regard to case, when it is near enough to be
    /// meant: at most one slip in three letters. Otherwise null.
    /// </summary>
    public static string? For(string given, IEnumerable<string> known)
    {
        if (given.Length > LongestWord)
        {
            return null;
        }
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string word in known)
        {
            int distance = Distance(given.ToLowerInvariant(), word.ToLowerInvariant());
            if (distance < bestDistance && distance <= Math.Max(1, Math.Max(given.Length, word.Length) / 3))
            {
                (best, bestDistance) = (word, distance);
            }
        }
        return best;
    }

    /// <summary>The end of a message: "; did you mean 'adam'? known: adam, sgd", without the question when nothing is near.</summary>
    public static string Ending(string given, IReadOnlyList<string> known)
    {
        string list = string.Join(", ", known);
        return For(given, known) is { } near ? $"; did you mean '{near}'? known: {list}" : $"; known: {list}";
    }

    /// <summary>
    /// The restricted Damerau-Levenshtein distance: how many letters to insert, drop, replace or swap with their
    /// neighbour (no place touched twice) turn one word into the other.
    /// </summary>
    public static int Distance(string a, string b)
    {
        int[,] distance = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    distance[i, j] = i + j;
                    continue;
                }
                int replace = distance[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                int best = Math.Min(replace, 1 + Math.Min(distance[i - 1, j], distance[i, j - 1]));
                bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                distance[i, j] = swapped ? Math.Min(best, distance[i - 2, j - 2] + 1) : best;
            }
        }
        return distance[a.Length, b.Length];
    }
}
