using System.CommandLine;
using Trainer.Catalogs;
using Trainer.Failures;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary>How verbs take runs, several or one.</summary>
internal static class RunArguments
{
    /// <summary><c>[RUN...]</c>.</summary>
    public static Argument<string[]> Several(string description) => new("runs")
    {
        HelpName = "RUN",
        Description = description,
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The runs at <paramref name="paths"/>, all of <paramref name="root"/> where none is given.</summary>
    /// <exception cref="ConfigException">Nothing at all was found.</exception>
    public static RunCatalog Catalog(IReadOnlyList<string> paths, string root)
    {
        var catalog = RunCatalog.Read(paths.Count > 0 ? paths : [root], root, withRows: false);
        // With nothing to show, the first problem is the answer.
        return catalog is { Runs: [], Problems: [{ Code: ExitCode.Usage } only] } ? throw new ConfigException(only.Message) : catalog;
    }

    /// <summary>Says what of <paramref name="catalog"/> could not be read.</summary>
    /// <returns>What the program ends with.</returns>
    public static ExitCode Tell(Shell shell, RunCatalog catalog)
    {
        foreach (CatalogProblem problem in catalog.Problems)
        {
            shell.Error.WriteLine($"trainer: {problem.Message}");
        }
        return catalog.ExitCode;
    }
}
