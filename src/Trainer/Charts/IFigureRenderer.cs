namespace Trainer.Charts;

/// <summary>Draws a figure in some file format.</summary>
internal interface IFigureRenderer
{
    /// <summary>The ending of such a file's name, with its dot.</summary>
    string FileExtension { get; }

    /// <summary>Writes <paramref name="figure"/> to <paramref name="destination"/>, which stays open. The same figure gives the same bytes.</summary>
    /// <exception cref="ArgumentException">A series contradicts itself (<see cref="Series.Validate"/>).</exception>
    void Render(Figure figure, Stream destination);
}
