using Trainer.Failures;

namespace Trainer.Yaml;

/// <summary>
/// Where a value is written: a file with line and column, both from 1, or an override of the command line, which has
/// line 0. What is reported about a key stands where the key is written, about a list's element where that is.
/// </summary>
/// <param name="Source">The file as the user named it, or "--set optimizer.lr=0.1".</param>
/// <param name="Line">The line, from 1; 0 for an override.</param>
/// <param name="Column">The column, from 1.</param>
internal sealed record Place(string Source, long Line, long Column)
{
    /// <summary>Whether this is on the command line.</summary>
    public bool IsOverride => Line == 0;

    /// <summary>The beginning of a file.</summary>
    public static Place FileStart(string file) => new(Excerpt.OneLine(file), 1, 1);

    /// <summary>An override, shown as it would be typed.</summary>
    public static Place Override(string argument)
    {
        bool isBare = argument.All(c => char.IsAsciiLetterOrDigit(c) || "_-+.=/".Contains(c));
        return new Place(isBare ? $"--set {Excerpt.Of(argument)}" : $"--set '{Excerpt.Of(argument)}'", 0, 0);
    }

    /// <summary>Another position in the same file; an override has only one.</summary>
    public Place At(long line, long column) => IsOverride ? this : this with { Line = line, Column = column };

    /// <summary>"configs/relu.yaml(7,3): optimizer.lr: problem", always one line.</summary>
    public ConfigException Problem(string path, string problem, Exception? inner = null) =>
        new(Excerpt.OneLine(path.Length == 0 ? $"{this}: {problem}" : $"{this}: {path}: {problem}"), inner);

    /// <inheritdoc/>
    public override string ToString() =>
        IsOverride ? Source : FormattableString.Invariant($"{Source}({Line},{Column})");
}
