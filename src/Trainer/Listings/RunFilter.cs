using System.IO.Enumeration;
using System.Text.RegularExpressions;
using Trainer.Catalogs;
using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Listings;

/// <summary>A condition that runs fulfil or not: <c>optimizer.lr>0.01</c>, <c>state=diverged</c>, <c>name=relu*</c>.</summary>
internal sealed partial class RunFilter
{
    private const string Option = "--filter";
    private readonly Func<RunEntry, string?> _field;
    private readonly string _comparison;
    private readonly string _value;

    private RunFilter(Func<RunEntry, string?> field, string comparison, string value)
    {
        _field = field;
        _comparison = comparison;
        _value = value;
    }

    /// <summary>The condition that <paramref name="text"/> says.</summary>
    /// <exception cref="ConfigException">It says none.</exception>
    public static RunFilter Parse(string text)
    {
        Match parts = Condition().Match(text);
        if (!parts.Success)
        {
            throw new ConfigException($"{Option} '{Excerpt.Of(text)}': is no condition; write KEY=VALUE, or != < <= > >= for =, as --filter state=diverged or --filter 'optimizer.lr>0.01'");
        }
        string key = parts.Groups["key"].Value;
        string comparison = parts.Groups["comparison"].Value;
        string value = parts.Groups["value"].Value;
        Func<RunEntry, string?> field = RunFields.Find(key, $"{Option} '{Excerpt.Of(text)}'");
        if (comparison is not ("=" or "!=") && !RunValues.IsOrdered(value))
        {
            throw new ConfigException($"{Option} '{Excerpt.Of(text)}': '{Excerpt.Of(value)}' is neither a number nor a date; compare text with = or !=");
        }
        return new RunFilter(field, comparison, key == RunFields.State && !value.Contains('*') ? StandingText.Parse(value, $"{Option} '{Excerpt.Of(text)}'") : value);
    }

    /// <summary>The condition that a run stands in one of some ways; always fulfilled where none is given.</summary>
    /// <exception cref="ConfigException">One of the words is not known.</exception>
    public static Func<RunEntry, bool> StateIn(IReadOnlyList<string> states)
    {
        string[] words = [.. states.SelectMany(state => state.Split(',')).Select(state => StandingText.Parse(state.Trim(), "--state"))];
        return run => words.Length == 0 || words.Contains(StandingText.Word(run.Standing));
    }

    /// <summary>Whether <paramref name="run"/> fulfils it; a run that has no such value does not.</summary>
    public bool Holds(RunEntry run) => _field(run) is { } value && _comparison switch
    {
        "=" => Equal(value),
        "!=" => !Equal(value),
        _ => RunValues.Order(value, _value) is { } order && _comparison switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        },
    };

    private bool Equal(string value) => RunValues.Order(value, _value) is { } order
        ? order == 0
        : FileSystemName.MatchesSimpleExpression(Plain(_value), Plain(value), ignoreCase: true);

    /// <summary>Without spaces, so that "[128,64]" is "[128, 64]".</summary>
    private static string Plain(string value) => value.Replace(" ", "");

    [GeneratedRegex(@"^\s*(?<key>[^=!<>\s]+)\s*(?<comparison>!=|<=|>=|=|<|>)\s*(?<value>[^=<>\s].*?)\s*\z", RegexOptions.Singleline)]
    private static partial Regex Condition();
}
