using System.Text.Json;
using Trainer.Data;
using Trainer.Tests.Data;

namespace Trainer.Tests.Commands;

public sealed class DataCommandTests
{
    [Fact]
    public async Task Clear_RemovesTheUnpackedCopies_AndNothingElseOfTheCache()
    {
        using var trial = new ProgramTrial();
        string copies = trial.In("cache", "unpacked");
        Directory.CreateDirectory(copies);
        File.WriteAllBytes(Path.Combine(copies, "a copy"), new byte[1_500_000]);
        File.WriteAllText(trial.In("cache", "train-images-idx3-ubyte.gz"), "downloaded");

        ProgramOutcome outcome = await trial.RunAsync("data", "clear");
        Assert.Equal((0, $"removed 1.5 MB of unpacked copies: {copies}"), (outcome.Status, outcome.Output.TrimEnd()));
        Assert.False(Directory.Exists(copies));
        Assert.True(File.Exists(trial.In("cache", "train-images-idx3-ubyte.gz")));

        outcome = await trial.RunAsync("data", "clear");
        Assert.Equal((0, $"nothing to remove: no copies in {copies}"), (outcome.Status, outcome.Output.TrimEnd()));
    }

    [FactNeedingRealData]
    public async Task Data_SaysWhichCopiesThereAre_AndWhetherTheyAreIntact()
    {
        using var trial = new ProgramTrial();
        string folder = FactNeedingRealDataAttribute.Folder!;
        Assert.Contains("unpacked  none", (await trial.RunAsync("data", "--data", folder)).Output);
        var copies = new UnpackedCopies(trial.In("cache", "unpacked"));
        FashionMnist.Load(folder, copies);
        int packed = FashionMnistFiles.Official.All.Count(file => file.FindIn(folder)!.EndsWith(".gz", StringComparison.Ordinal));
        Assert.Equal(packed, await Intact(trial, folder));
        if (packed == FashionMnistFiles.Official.All.Count)
        {
            Assert.Contains($"unpacked  {copies.Folder} (55.0 MB, intact); 'trainer data clear' removes them", (await trial.RunAsync("data", "--data", folder)).Output);
            File.WriteAllBytes(copies.PathOf(FashionMnistFiles.Official.TestLabels), new byte[FashionMnistFiles.Official.TestLabels.ContentLength]);
            Assert.Contains("3 of 4 files intact", (await trial.RunAsync("data", "--data", folder)).Output);
            Assert.Equal(3, await Intact(trial, folder));
        }
    }

    private static async Task<int> Intact(ProgramTrial trial, string folder)
    {
        ProgramOutcome outcome = await trial.RunAsync("data", "--json", "--data", folder);
        return JsonDocument.Parse(outcome.Output).RootElement.GetProperty("copies").GetProperty("intact").GetInt32();
    }
}
