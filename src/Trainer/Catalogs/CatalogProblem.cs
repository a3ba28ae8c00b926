using Trainer.Failures;

namespace Trainer.Catalogs;

/// <summary>Why something that was asked for is not shown; the rest is.</summary>
/// <param name="Message">In one line, with the way out.</param>
/// <param name="Code">What the program ends with.</param>
internal sealed record CatalogProblem(string Message, ExitCode Code);
