using Trainer.Failures;
using Trainer.Results;
using Trainer.TensorBoard;
using Trainer.Tests.Commands;

namespace Trainer.Tests.Listings;

/// <summary>Folders of results that somebody else has put links into: nothing outside of them is written or removed.</summary>
public sealed class ResultLinksTests : IDisposable
{
    private readonly ProgramTrial _trial = new();
    private readonly TempFolder _outside = new();

    public ResultLinksTests()
    {
        foreach (string name in (string[])["last.safetensors", "metrics.csv", "config.yaml", ".x.tmp", "layers.csv"])
        {
            _outside.Write(name, "precious");
        }
    }

    public void Dispose()
    {
        _outside.Dispose();
        _trial.Dispose();
    }

    [TheoryOnUnix]
    [InlineData("checkpoints")]
    [InlineData("tensorboard")]
    [InlineData("diagnostics")]
    [InlineData("trace")]
    [InlineData("eval")]
    [InlineData("whatever")]
    [InlineData("")]
    [InlineData("..")]
    public async Task Run_IsRefused_WhereALinkLeadsOutOfTheResults(string part)
    {
        string link = await PlantAsync(part);
        string before = _outside.Snapshot();
        ProgramOutcome outcome = await TrainAsync("--force");
        Assert.Equal(1, outcome.Status);
        Assert.Contains("a symbolic link leads from there out of", outcome.Error.TrimEnd().Split('\n')[^1]);
        Assert.Equal(before, _outside.Snapshot());
        Assert.Empty(Directory.GetDirectories(_outside.Root));
        Assert.NotNull(new DirectoryInfo(link).LinkTarget);
    }

    [TheoryOnUnix]
    [InlineData("metrics.csv")]
    [InlineData("timing.csv")]
    [InlineData("config.yaml")]
    [InlineData("manifest.json")]
    [InlineData("status.json")]
    [InlineData("summary.json")]
    [InlineData("curves.svg")]
    [InlineData("checkpoints/last.safetensors")]
    [InlineData("checkpoints/state-0-1.json")]
    public async Task Run_PutsItsOwnFile_InPlaceOfALink(string file)
    {
        await TrainAsync();
        string path = Path.Combine(_trial.RunFolder(), file);
        File.Delete(path);
        File.CreateSymbolicLink(path, _outside["metrics.csv"]);
        string before = _outside.Snapshot();
        ProgramOutcome outcome = await TrainAsync("--force");
        Assert.Equal(0, outcome.Status);
        Assert.Equal(before, _outside.Snapshot());
        Assert.Null(new FileInfo(path).LinkTarget);
    }

    [FactOnUnix]
    public async Task Eval_IsRefused_WhereItsFolderIsALinkOutOfTheRun()
    {
        await TrainAsync();
        string run = _trial.RunFolder();
        Directory.CreateSymbolicLink(Path.Combine(run, "eval"), _outside.Root);
        string before = _outside.Snapshot();
        ProgramOutcome outcome = await _trial.RunAsync("eval", run);
        Assert.Equal(1, outcome.Status);
        Assert.Contains("eval: a symbolic link leads from there out of", outcome.Error);
        Assert.Equal(before, _outside.Snapshot());
    }

    [FactOnUnix]
    public async Task LinksThatStayWithin_AndResultsThatAreALink_AreNobodysHarm()
    {
        Directory.CreateDirectory(_trial.In("elsewhere"));
        Directory.CreateSymbolicLink(_trial.Results, _trial.In("elsewhere"));
        await TrainAsync();
        Directory.CreateSymbolicLink(Path.Combine(_trial.RunFolder(), "again"), "checkpoints");
        Directory.CreateSymbolicLink(Path.Combine(_trial.RunFolder(), "loop"), ".");
        ProgramOutcome outcome = await TrainAsync("--force");
        Assert.Equal(0, outcome.Status);
    }

    [FactOnUnix]
    public void FilesThatGrow_AreNotWritten_WhereTheyAreLinks()
    {
        string path = _outside["link"];
        File.CreateSymbolicLink(path, _outside["metrics.csv"]);
        Assert.EndsWith("it is a symbolic link, and nothing is written through one; remove it",
            Assert.Throws<RunFailedException>(() => CsvFile.Append(path, new TimingRow { Epoch = 1, TrainingSeconds = 1, EvaluationSeconds = 1 }, lasting: false)).Message);
        Assert.EndsWith("it is a symbolic link, and nothing is written through one; remove it",
            Assert.Throws<RunFailedException>(() => new EventFile(path).Add("x"u8)).Message);
        Assert.Equal("precious", File.ReadAllText(_outside["metrics.csv"]));
    }

    private Task<ProgramOutcome> TrainAsync(params string[] more) =>
        _trial.TrainAsync(_trial.SmallConfig("tensorboard: true\ndiagnostics: true\n"), more);

    /// <summary>A complete run, one of whose folders is now a link to the place outside.</summary>
    private async Task<string> PlantAsync(string part)
    {
        await TrainAsync();
        string link = Path.GetFullPath(Path.Combine(_trial.RunFolder(), part));
        if (Directory.Exists(link))
        {
            Directory.Delete(link, recursive: true);
        }
        Directory.CreateSymbolicLink(link, _outside.Root);
        return link;
    }
}
