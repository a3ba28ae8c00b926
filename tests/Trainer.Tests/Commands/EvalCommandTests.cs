using System.Globalization;
using System.Text.Json;
using Trainer.Data;
using Trainer.Devices;
using Trainer.Engines.Cpu;
using Trainer.Formulas;
using Trainer.Results;
using Trainer.Tests.Devices;

namespace Trainer.Tests.Commands;

/// <summary><c>trainer eval</c>, end to end, on a small embedded set.</summary>
public class EvalCommandTests
{
    private const string Embedded = "data: {source: embedded, validation: 60}";

    [Theory]
    [InlineData("test", "last", "")]
    [InlineData("validation", "last", "validation-last")]
    [InlineData("train", "last", "train-last")]
    [InlineData("test", "best", "test-best")]
    [InlineData("validation", "best", "validation-best")]
    [InlineData("train", "best", "train-best")]
    public async Task Eval_RepeatsTheLineOfMetrics_ToTheBit_OnEveryEngine(string split, string checkpoint, string folder)
    {
        using ProgramTrial trial = await Trained(Embedded);
        MetricsRow[] rows = [.. CsvFile.Read<MetricsRow>(Path.Combine(trial.RunFolder(), "metrics.csv"))];
        MetricsRow row = checkpoint == "last" ? rows[^1] : rows.MaxBy(line => line.ValAccuracy)!;
        (double? loss, double? accuracy) = split switch
        {
            "test" => (row.TestLoss, row.TestAccuracy),
            "train" => (row.TrainLoss, row.TrainAccuracy),
            _ => (row.ValLoss, row.ValAccuracy),
        };
        foreach (string device in new[] { "cpu", "reference" })
        {
            JsonElement found = await Json(trial, "--split", split, "--checkpoint", checkpoint, "--device", device);
            Assert.Equal(loss, found.GetProperty("loss").GetDouble());
            Assert.Equal(accuracy, found.GetProperty("accuracy").GetDouble());
            Assert.True(found.GetProperty("equals_metrics").GetBoolean());
            Assert.Equal(row.Epoch, found.GetProperty("epoch").GetInt32());
            Assert.Equal(
                Path.Combine(trial.RunFolder(), "eval", folder, "classes.csv"), found.GetProperty("files")[1].GetString());
        }
    }

    [Theory]
    [InlineData("model.normalization=batch_norm")]
    [InlineData("model.normalization=batch_norm batch_size=3")]
    [InlineData("model.normalization=batch_norm model.dropout=0.3 batch_size=9")]
    [InlineData("model.dropout=0.3 ema={}")]
    public async Task Eval_RepeatsTheLineOfMetrics_WhereTrainingIsAnotherFunction(string settings)
    {
        // In batches of 3 or 9 the last of 199 rows stands alone: in training that would be refused.
        using var trial = new ProgramTrial(test: 199);
        string[] set = [.. settings.Split(' ').SelectMany(setting => new[] { "--set", setting })];
        Assert.Equal(0, (await trial.TrainAsync(trial.SmallConfig(Embedded), set)).Status);
        foreach (string split in new[] { "test", "validation", "train" })
        {
            foreach (string checkpoint in new[] { "last", "best" })
            {
                foreach (string device in new[] { "cpu", "reference" })
                {
                    JsonElement found = await Json(trial, "--split", split, "--checkpoint", checkpoint, "--device", device);
                    Assert.True(found.GetProperty("equals_metrics").GetBoolean());
                }
            }
        }
    }

    [Fact]
    public async Task Eval_WritesItsFiles_AndTheyAgreeWithEachOther()
    {
        using ProgramTrial trial = await Trained(Embedded);
        JsonElement found = await Json(trial);
        string folder = Path.Combine(trial.RunFolder(), "eval");
        Assert.Equal(
            ["classes.csv", "confusion.csv", "confusion.svg", "mistakes.svg", "predictions.csv"],
            Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        string[][] confusion = Lines(folder, "confusion.csv");
        Assert.Equal(["true_class", .. FashionMnist.ClassNames], confusion[0]);
        Assert.Equal(FashionMnist.ClassNames, confusion[1..].Select(line => line[0]));
        int[][] counts = [.. confusion[1..].Select(line => line[1..].Select(int.Parse).ToArray())];
        Assert.Equal(200, counts.Sum(line => line.Sum()));
        Assert.Equal(counts, JsonSerializer.Deserialize<int[][]>(found.GetProperty("confusion")));

        string[][] rows = Lines(folder, "predictions.csv");
        Assert.Equal(["row", "image", "label", "prediction", "loss", "confidence"], rows[0]);
        Assert.Equal(Enumerable.Range(0, 200), rows[1..].Select(line => int.Parse(line[0])));
        Assert.Equal(
            counts, [.. Enumerable.Range(0, 10).Select(truth => Enumerable.Range(0, 10).Select(prediction =>
                rows[1..].Count(line => line[2] == $"{truth}" && line[3] == $"{prediction}")).ToArray())]);
        Assert.Equal(found.GetProperty("accuracy").GetDouble(), rows[1..].Count(line => line[2] == line[3]) / 200.0);
        string picture = File.ReadAllText(Path.Combine(folder, "confusion.svg"));
        Assert.Contains("<title>trial on embedded-garments, seed 1: test</title>", picture);
    }

    [Fact]
    public async Task Confidence_IsTheProbabilityOfThePrediction_AndMistakesAreDrawnTheSurestFirst()
    {
        using ProgramTrial trial = await Trained(Embedded);
        await Json(trial, "--mistakes", "9");
        string folder = Path.Combine(trial.RunFolder(), "eval");
        string[][] rows = Lines(folder, "predictions.csv")[1..];
        foreach (string[] line in rows)
        {
            double right = Elementary64.Exp(-float.Parse(line[4], CultureInfo.InvariantCulture));
            double confidence = double.Parse(line[5], CultureInfo.InvariantCulture);
            Assert.True(line[2] == line[3] ? confidence == right : confidence >= right, string.Join(',', line));
            Assert.InRange(confidence, 0.1 - 1e-6, 1);
        }
        string[] surest = [.. rows.Where(line => line[2] != line[3])
            .OrderByDescending(line => double.Parse(line[5], CultureInfo.InvariantCulture)).Take(9).Select(line => "#" + line[1])];
        string svg = File.ReadAllText(Path.Combine(folder, "mistakes.svg"));
        int[] places = [.. surest.Select(index => svg.IndexOf(index + "<", StringComparison.Ordinal))];
        Assert.All(places, place => Assert.True(place > 0));
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task Validation_NamesImagesByTheirPlaceInTheFile()
    {
        using ProgramTrial trial = await Trained(Embedded);
        await Json(trial, "--split", "validation");
        string[][] rows = Lines(Path.Combine(trial.RunFolder(), "eval", "validation-last"), "predictions.csv")[1..];
        var data = SplitSet.From(EmbeddedGarments.Draw(500, 200), 60, seed: 1);
        Assert.Equal(data.Validation!.Images, rows.Select(line => int.Parse(line[1])));
        Assert.Equal(Enumerable.Range(0, 60).Select(row => (int)data.Validation.Label(row)), rows.Select(line => int.Parse(line[2])));
    }

    [Theory]
    [InlineData("metrics.csv")]
    [InlineData("checkpoints/last.safetensors")]
    public async Task Eval_OfAChangedFile_EndsWithCode6_AndWritesNothing(string file)
    {
        using ProgramTrial trial = await Trained(Embedded);
        string path = Path.Combine(trial.RunFolder(), file);
        if (file == "metrics.csv")
        {
            // The last digit of the last test loss.
            string[] lines = File.ReadAllLines(path);
            string[] fields = lines[^1].Split(',');
            fields[9] = Math.BitIncrement(double.Parse(fields[9], CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);
            lines[^1] = string.Join(',', fields);
            File.WriteAllText(path, string.Join('\n', lines) + "\n");
        }
        else
        {
            byte[] bytes = File.ReadAllBytes(path);
            bytes[^1] ^= 0x80;
            File.WriteAllBytes(path, bytes);
        }
        ProgramOutcome outcome = await trial.RunAsync("eval", trial.Results);
        Assert.Equal((6, ""), (outcome.Status, outcome.Output));
        Assert.Contains("metrics.csv: epoch 2 has test loss ", outcome.OneErrorLine());
        Assert.False(Directory.Exists(Path.Combine(trial.RunFolder(), "eval")));
    }

    [Fact]
    public async Task Eval_OfAnEarlierEpochsWeights_PutInPlaceOfTheLast_EndsWithCode6()
    {
        using ProgramTrial trial = await Trained(Embedded, "--epochs", "3");
        string run = trial.RunFolder();
        File.Move(Path.Combine(run, "checkpoints", "best.safetensors"), Path.Combine(run, "checkpoints", "last.safetensors"), overwrite: true);
        string[] lines = File.ReadAllLines(Path.Combine(run, "metrics.csv"));
        File.WriteAllText(Path.Combine(run, "metrics.csv"), string.Join('\n', lines.Append("9" + lines[1][1..])) + "\n");
        Assert.Equal(6, (await trial.RunAsync("eval", trial.Results)).Status);
    }

    [Fact]
    public async Task Eval_OfARunThatWasEndedBeforeItsLastLine_SaysThatThereIsNothingToCompareWith()
    {
        using ProgramTrial trial = await Trained(Embedded);
        string path = Path.Combine(trial.RunFolder(), "metrics.csv");
        File.WriteAllText(path, string.Join('\n', File.ReadAllLines(path)[..^1]) + "\n");
        ProgramOutcome outcome = await trial.RunAsync("eval", trial.Results);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        Assert.Contains("(metrics.csv has nothing to compare with)", outcome.Output);
        Assert.Equal(JsonValueKind.Null, (await Json(trial)).GetProperty("equals_metrics").ValueKind);
    }

    [Fact]
    public async Task Eval_OnAnotherDataSet_IsRefused()
    {
        using ProgramTrial trial = await Trained("data: {source: embedded}");
        using var other = new ProgramTrial(train: 500, test: 199);
        ProgramOutcome outcome = await other.RunAsync("eval", trial.RunFolder());
        Assert.Equal((3, ""), (outcome.Status, outcome.Output));
        Assert.Contains("was trained on embedded-garments (SHA-256 ", outcome.OneErrorLine());
        Assert.EndsWith("data sets are never mixed: let --data name the one it was trained on", outcome.OneErrorLine());
    }

    [Fact]
    public async Task ZeroByZero_IsADash_AndAnEmptyField_AndSaidToBe()
    {
        using ProgramTrial trial = await Trained("data: {source: embedded}", "--set", "model.init=zeros", "--epochs", "0");
        ProgramOutcome outcome = await trial.RunAsync("eval", trial.Results);
        Assert.Contains("| Trouser       |         - |   0.00 % |  0.00 % |     20 |", outcome.Output);
        Assert.Contains("- is 0/0: no image was taken for the class (precision) or none is of it (recall); it is left out of the average", outcome.Output);
        string[] trouser = Lines(Path.Combine(trial.RunFolder(), "eval"), "classes.csv")[2];
        Assert.Equal(["1", "Trouser", "", "0", "0", "20", "0"], trouser);
        JsonElement found = await Json(trial);
        Assert.Equal(JsonValueKind.Null, found.GetProperty("classes")[1].GetProperty("precision").ValueKind);
        // Of ten classes only the first has a precision.
        Assert.Equal(0.1, found.GetProperty("macro_average").GetProperty("precision").GetDouble());
    }

    [Fact]
    public async Task Confidence_IsEmpty_WhereTheLossTellsNoProbability()
    {
        DeviceAccess devices = TrialGpus.With([TrialGpus.H100()], null, setup => new OtherLossEngine(CpuEngine.Create(setup, threads: 1)));
        using ProgramTrial trial = await Trained(Embedded, devices);
        Assert.True((await Json(trial)).GetProperty("equals_metrics").GetBoolean());
        string folder = Path.Combine(trial.RunFolder(), "eval");
        Assert.All(Lines(folder, "predictions.csv")[1..], line => Assert.Equal("", line[5]));
        Assert.DoesNotContain("how sure it is", File.ReadAllText(Path.Combine(folder, "mistakes.svg")));
    }

    [Fact]
    public async Task RepeatedRun_LeavesNoEvaluationOfTheEarlierOne()
    {
        using ProgramTrial trial = await Trained(Embedded);
        await Json(trial, "--mistakes", "0");
        string folder = Path.Combine(trial.RunFolder(), "eval");
        Assert.True(File.Exists(Path.Combine(folder, "confusion.csv")));
        Assert.False(File.Exists(Path.Combine(folder, "mistakes.svg")));
        await trial.TrainAsync(trial.SmallConfig(Embedded), "--force");
        Assert.False(Directory.Exists(folder));
    }

    [Theory]
    [InlineData("--checkpoint best", 2, "--checkpoint best: RUN has none, because data.validation is 0 and the best epoch is chosen by validation only; use --checkpoint last")]
    [InlineData("--split validation", 2, "--split validation: RUN has no validation rows (data.validation is 0); choose test or train")]
    [InlineData("--device cuda", 4, "--device: no cuda device can be used: libcuda.so.1 not found; use --device cpu, which gives the same numbers")]
    public async Task Eval_OfWhatARunDoesNotHave_SaysSo(string options, int status, string message)
    {
        using ProgramTrial trial = await Trained("data: {source: embedded}");
        ProgramOutcome outcome = await trial.RunAsync(["eval", trial.Results, .. options.Split(' ')]);
        Assert.Equal((status, "trainer: " + message.Replace("RUN", trial.RunFolder())), (outcome.Status, outcome.OneErrorLine()));
    }

    [Theory]
    [InlineData("checkpoints/last.safetensors", null, 1, "no such file; run the experiment again with --force")]
    [InlineData("checkpoints/last.safetensors", "", 1, "not a safetensors file: it ends before its header")]
    [InlineData("config.yaml", null, 2, "no such file")]
    [InlineData("manifest.json", null, 1, "does not say which data set the run used; run it again with --force")]
    [InlineData("manifest.json", "{\"data_set\": \"embedded-garments\"}", 1, "has no hash of the data set; run the experiment again with --force")]
    public async Task Eval_OfADamagedFolder_NamesTheFile(string file, string? text, int status, string message)
    {
        using ProgramTrial trial = await Trained("data: {source: embedded}");
        string path = Path.Combine([trial.RunFolder(), .. file.Split('/')]);
        File.Delete(path);
        if (text is not null)
        {
            File.WriteAllText(path, text);
        }
        ProgramOutcome outcome = await trial.RunAsync("eval", trial.Results);
        Assert.Equal(status, outcome.Status);
        Assert.StartsWith($"trainer: {path}: {message}", outcome.OneErrorLine(), StringComparison.Ordinal);
    }

    private static Task<ProgramTrial> Trained(string more, params string[] options) => Trained(more, TrialGpus.None, options);

    private static async Task<ProgramTrial> Trained(string more, DeviceAccess devices, params string[] options)
    {
        var trial = new ProgramTrial { Devices = devices };
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig(more), options);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        return trial;
    }

    private static async Task<JsonElement> Json(ProgramTrial trial, params string[] options)
    {
        ProgramOutcome outcome = await trial.RunAsync(["eval", trial.Results, "--json", .. options]);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        using var document = JsonDocument.Parse(outcome.Output);
        return document.RootElement.Clone();
    }

    private static string[][] Lines(string folder, string file) =>
        [.. File.ReadAllText(Path.Combine(folder, file)).TrimEnd('\n').Split('\n').Select(line => line.Split(','))];
}
