using Trainer.Data;
using Trainer.Failures;

namespace Trainer.Verification;

/// <summary>Data sets that are on this machine, each loaded once for all runs.</summary>
/// <param name="provider">Brings images.</param>
/// <param name="dataOption">The value of <c>--data</c>; null when it was not given.</param>
/// <param name="fetches">Whether what is not here is fetched.</param>
internal sealed class DataAtHand(DataProvider provider, string? dataOption, bool fetches)
{
    private readonly Dictionary<DataSource, (DataSet? Set, string? Absence)> _known = [];

    /// <summary>The data set of a source, or why there is none.</summary>
    /// <exception cref="ConfigException">The run and the command line contradict each other.</exception>
    public async Task<(DataSet? Set, string? Absence)> FindAsync(DataSource source, CancellationToken cancellation)
    {
        if (!_known.TryGetValue(source, out (DataSet?, string?) found))
        {
            found = await LoadAsync(source, cancellation);
            _known.Add(source, found);
        }
        return found;
    }

    private async Task<(DataSet? Set, string? Absence)> LoadAsync(DataSource source, CancellationToken cancellation)
    {
        try
        {
            return fetches || provider.IsAtHand(source, dataOption)
                ? (await provider.LoadAsync(source, dataOption, cancellation), null)
                : (null, "the data set is not on this machine; --data DIR names it, 'trainer data get' fetches it");
        }
        catch (DataException failure)
        {
            return (null, failure.Message);
        }
    }
}
