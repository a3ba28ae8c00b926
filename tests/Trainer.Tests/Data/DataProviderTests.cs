using Trainer.Data;
using Trainer.Failures;

namespace Trainer.Tests.Data;

public sealed class DataProviderTests : IDisposable
{
    private readonly TempFolder _cache = new();
    private readonly DataSet _garments = EmbeddedGarments.Draw(20, 10);
    private readonly UnpackedCopies _copies;

    public DataProviderTests() => _copies = new UnpackedCopies(_cache["unpacked"]);

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task Begin_SaysNothingOfAWrongPlace_WhichLoadThenRefuses()
    {
        DataProvider provider = Provider();
        provider.Begin(_cache["none"]);
        DataException failure = await Assert.ThrowsAsync<DataException>(
            () => provider.LoadAsync(DataSource.Auto, _cache["none"], CancellationToken.None));
        Assert.StartsWith($"--data {_cache["none"]}: no such folder", failure.Message);
    }

    [FactNeedingRealData]
    public async Task Begin_ChangesNothingOfWhatIsLoaded()
    {
        string folder = FactNeedingRealDataAttribute.Folder!;
        DataSet expected = await Provider().LoadAsync(DataSource.FashionMnist, folder, CancellationToken.None);
        foreach (DataSource source in (DataSource[])[DataSource.Auto, DataSource.FashionMnist])
        {
            DataProvider provider = Provider();
            provider.Begin(folder);
            DataSet loaded = await provider.LoadAsync(source, folder, CancellationToken.None);
            Assert.Equal((expected.Name, expected.Hash, expected.Origin), (loaded.Name, loaded.Hash, loaded.Origin));
            Assert.True(expected.Train.Pixels.AsSpan().SequenceEqual(loaded.Train.Pixels));
        }
    }

    [FactNeedingRealData]
    public async Task Begin_IsInVain_WhereTheExperimentAsksForTheEmbeddedGarments()
    {
        var surroundings = new DataSurroundings(FactNeedingRealDataAttribute.Folder, _cache.Root);
        await Provider(surroundings).LoadAsync(DataSource.FashionMnist, null, CancellationToken.None);
        DataProvider provider = Provider(surroundings);
        provider.Begin(null);
        Assert.Same(_garments, await provider.LoadAsync(DataSource.Embedded, null, CancellationToken.None));
        // Not before it is through can the folder be deleted.
        Assert.Equal(FashionMnist.Name, (await provider.LoadAsync(DataSource.FashionMnist, null, CancellationToken.None)).Name);
    }

    [FactNeedingRealData]
    public void Begin_KeepsNothing_WhereNothingWasKeptYet()
    {
        Provider().Begin(FactNeedingRealDataAttribute.Folder);
        Assert.False(Directory.Exists(_copies.Folder));
    }

    private DataProvider Provider(DataSurroundings? surroundings = null) => new(
        new DataLocator(surroundings ?? new DataSurroundings(null, _cache.Root)),
        _copies,
        new Downloader([new Uri("http://127.0.0.1:9/")], FashionMnistFiles.Official, new DownloadPatience()),
        () => _garments,
        _ => { },
        null);
}
