using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Catalogs;

/// <summary>Why something that was asked for is not shown; the rest is.</summary>
/// <param name="Message">In one line, with the way out.</param>
/// <param name="Code">What the program ends with.</param>
internal sealed record CatalogProblem(string Message, ExitCode Code)
{
    /// <summary>In one line, with the way out; names of folders and what files say may hold what a terminal would obey.</summary>
    public string Message { get; } = Excerpt.OneLine(Message);
}
