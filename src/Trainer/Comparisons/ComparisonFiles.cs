using Trainer.Charts;
using Trainer.Images;
using Trainer.Storage;

namespace Trainer.Comparisons;

/// <summary>The files that a comparison is written to; null for those that were not asked for.</summary>
internal sealed record ComparisonFiles
{
    /// <summary>Table of the groups, CSV.</summary>
    public string? Groups { get; init; }

    /// <summary>Table of the runs, CSV.</summary>
    public string? Runs { get; init; }

    /// <summary>Table of the pairs, CSV.</summary>
    public string? Pairs { get; init; }

    /// <summary>A page of Markdown.</summary>
    public string? Markdown { get; init; }

    /// <summary>A table for LaTeX.</summary>
    public string? Latex { get; init; }

    /// <summary>The picture of the curves.</summary>
    public string? Curves { get; init; }

    /// <summary>A folder for all pictures.</summary>
    public string? Plots { get; init; }

    /// <summary>Writes them.</summary>
    /// <returns>The paths, in the order in which they were written.</returns>
    /// <exception cref="Failures.TrainerException">One cannot be written.</exception>
    public IReadOnlyList<string> Write(Comparison comparison)
    {
        var written = new List<string>();
        Add(Groups, path => ComparisonCsv.WriteGroups(comparison, path));
        Add(Runs, path => ComparisonCsv.WriteRuns(comparison, path));
        Add(Pairs, path => ComparisonCsv.WritePairs(comparison, path));
        Add(Markdown, path => AtomicFile.WriteText(path, ComparisonMarkdown.Of(comparison)));
        Add(Latex, path => AtomicFile.WriteText(path, ComparisonLatex.Of(comparison)));
        Add(Curves, path => PictureFile.Write(path, stream => new SvgRenderer().Render(ComparisonFigure.Of(comparison), stream)));
        if (Plots is { } folder)
        {
            foreach ((string name, Action<Stream> draw) in ComparisonPictures.Of(comparison))
            {
                Add(Path.Combine(folder, name + ".svg"), path => PictureFile.Write(path, draw));
            }
        }
        return written;

        void Add(string? path, Action<string> write)
        {
            if (path is not null)
            {
                write(path);
                written.Add(path);
            }
        }
    }
}
