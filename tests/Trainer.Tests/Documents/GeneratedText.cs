namespace Trainer.Tests.Documents;

/// <summary>
/// Committed text that the program's own records decide. A test compares; with <c>TRAINER_UPDATE=1</c> in the
/// environment it writes instead, and the difference shows in the commit.
/// </summary>
internal static class GeneratedText
{
    private static bool IsUpdating => Environment.GetEnvironmentVariable("TRAINER_UPDATE") == "1";

    /// <summary>Checks a whole file.</summary>
    public static void Check(string path, string expected)
    {
        if (IsUpdating)
        {
            File.WriteAllText(path, expected);
        }
        Assert.Equal(expected, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    /// <summary>Checks what stands between the comments <c>&lt;!-- begin NAME --&gt;</c> and <c>&lt;!-- end NAME --&gt;</c> of a page.</summary>
    public static void CheckPart(string path, string name, string expected)
    {
        string text = File.ReadAllText(path).ReplaceLineEndings("\n");
        string begin = $"<!-- begin {name} -->\n";
        int start = text.IndexOf(begin, StringComparison.Ordinal);
        int end = text.IndexOf($"<!-- end {name} -->", StringComparison.Ordinal);
        Assert.True(start >= 0 && end > start, $"{path} has no part '{name}'");
        start += begin.Length;
        if (IsUpdating)
        {
            File.WriteAllText(path, text[..start] + expected + text[end..]);
            return;
        }
        Assert.Equal(expected, text[start..end]);
    }
}
