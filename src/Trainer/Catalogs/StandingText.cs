using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Catalogs;

/// <summary>How a run stands, in words.</summary>
internal static class StandingText
{
    /// <summary>All words.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<RunStanding>().Select(Word)];

    /// <summary>One word without spaces, for machines and filters: "broken-off".</summary>
    public static string Word(RunStanding standing) => KeyName.Kebab(standing.ToString());

    /// <summary>For people: "broken off".</summary>
    public static string Spoken(RunStanding standing) => Word(standing).Replace('-', ' ');

    /// <summary>The word that <paramref name="text"/> means; "running" is "at-work".</summary>
    /// <param name="text">What was given.</param>
    /// <param name="option">The option that it was given with, for the message.</param>
    /// <exception cref="ConfigException">There is no such word.</exception>
    public static string Parse(string text, string option)
    {
        string word = text.ToLowerInvariant().Replace(' ', '-').Replace('_', '-');
        return word == "running" ? Word(RunStanding.AtWork)
            : Words.Contains(word) ? word
            : throw new ConfigException($"{option}: '{Excerpt.Of(text)}' is no state{Suggestion.Ending(text, Words)}");
    }
}
