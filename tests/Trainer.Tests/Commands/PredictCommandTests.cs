using System.Globalization;
using System.Text.Json;
using Trainer.Data;
using Trainer.Devices;
using Trainer.Engines.Cpu;
using Trainer.Images;
using Trainer.Tests.Data;
using Trainer.Tests.Devices;
using Trainer.Tests.Images;

namespace Trainer.Tests.Commands;

/// <summary><c>trainer predict</c>, end to end, on a small embedded set.</summary>
public class PredictCommandTests
{
    private static readonly ImageSet Images = EmbeddedGarments.Draw(500, 200).Test;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Predict_OfTheTestImagesAsIdx_SaysWhatEvalSays_ToTheBit(bool packed)
    {
        using ProgramTrial trial = await Trained();
        await trial.RunAsync("eval", trial.Results);
        string[][] rows = [.. trial.Read("eval", "predictions.csv").TrimEnd('\n').Split('\n')[1..].Select(line => line.Split(','))];
        byte[] idx = [.. IdxBytes.Head(IdxBytes.ImagesMagic, 200, 28, 28), .. Images.Pixels];
        File.WriteAllBytes(trial.In("images"), packed ? IdxBytes.Gzip(idx) : idx);
        JsonElement[] found = await Json(trial, trial.In("images"), "--top", "10");
        Assert.Equal(200, found.Length);
        for (int image = 0; image < 200; image++)
        {
            Assert.Equal(image, found[image].GetProperty("index").GetInt32());
            JsonElement[] top = [.. found[image].GetProperty("top").EnumerateArray()];
            Assert.Equal(rows[image][3], top[0].GetProperty("label").GetRawText());
            Assert.Equal(double.Parse(rows[image][5], CultureInfo.InvariantCulture), top[0].GetProperty("probability").GetDouble());
            double[] probabilities = [.. top.Select(entry => entry.GetProperty("probability").GetDouble())];
            Assert.Equal(10, probabilities.Length);
            Assert.Equal(probabilities.OrderDescending(), probabilities);
            Assert.Equal(1, probabilities.Sum(), 1e-5);
        }
    }

    [Theory]
    [InlineData("model.normalization=batch_norm")]
    [InlineData("model.normalization=batch_norm batch_size=3")]
    [InlineData("model.dropout=0.3 ema={}")]
    public async Task Predict_OfAnyNumberOfImages_SaysWhatEvalSays_WhereTrainingIsAnotherFunction(string settings)
    {
        using var trial = new ProgramTrial();
        string[] set = [.. settings.Split(' ').SelectMany(setting => new[] { "--set", setting })];
        Assert.Equal(0, (await trial.TrainAsync(trial.SmallConfig("data: {source: embedded}"), set)).Status);
        await trial.RunAsync("eval", trial.Results);
        string[][] rows = [.. trial.Read("eval", "predictions.csv").TrimEnd('\n').Split('\n')[1..].Select(line => line.Split(','))];
        byte[] idx = [.. IdxBytes.Head(IdxBytes.ImagesMagic, 200, 28, 28), .. Images.Pixels];
        File.WriteAllBytes(trial.In("images"), idx);
        foreach (int count in new[] { 1, 4, 65, 200 })
        {
            JsonElement[] found = await Json(trial, trial.In("images"), "--limit", $"{count}");
            Assert.Equal(count, found.Length);
            Assert.Equal(
                rows[..count].Select(row => (row[3], double.Parse(row[5], CultureInfo.InvariantCulture))),
                found.Select(image => image.GetProperty("top")[0])
                    .Select(top => (top.GetProperty("label").GetRawText(), top.GetProperty("probability").GetDouble())));
        }
    }

    [Fact]
    public async Task Predict_OfAPhotograph_MakesItWhatTheNetworkKnows()
    {
        using ProgramTrial trial = await Trained();
        string plain = Png(trial, "plain.png", 1, invert: false);
        string photograph = Png(trial, "photograph.png", 10, invert: true);
        JsonElement[] found = await Json(trial, plain, photograph);
        Assert.Equal((28, false), (found[0].GetProperty("width").GetInt32(), found[0].GetProperty("inverted").GetBoolean()));
        Assert.Equal((280, true), (found[1].GetProperty("width").GetInt32(), found[1].GetProperty("inverted").GetBoolean()));
        Assert.Equal(found[0].GetProperty("top").GetRawText(), found[1].GetProperty("top").GetRawText());

        ProgramOutcome outcome = await trial.RunAsync("predict", trial.Results, plain, photograph, "--top", "1");
        string[] lines = outcome.Output.TrimEnd().Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal("trial on embedded-garments, seed 1: weights of epoch 2", lines[0]);
        Assert.Equal("images of other sizes are scaled to 28x28 by area means", lines[1]);
        Assert.Matches($"^{plain}: [^,]+ [0-9.]+%$", lines[2]);
        Assert.Equal(lines[2].Replace(plain, $"{photograph} (280x280, inverted for its bright border)"), lines[3]);

        JsonElement asItIs = Assert.Single(await Json(trial, photograph, "--invert", "no"));
        Assert.NotEqual(found[0].GetProperty("top").GetRawText(), asItIs.GetProperty("top").GetRawText());
    }

    [Fact]
    public async Task Limit_TakesTheFirstImagesOfAFile()
    {
        using ProgramTrial trial = await Trained();
        byte[] idx = [.. IdxBytes.Head(IdxBytes.ImagesMagic, 200, 28, 28), .. Images.Pixels];
        File.WriteAllBytes(trial.In("images"), idx);
        Assert.Equal(3, (await Json(trial, trial.In("images"), "--limit", "3")).Length);
        Assert.Equal(200, (await Json(trial, trial.In("images"), "--limit", "300")).Length);
    }

    [Fact]
    public async Task Probabilities_AreNotTold_WhereTheLossTellsNone()
    {
        DeviceAccess devices = TrialGpus.With([TrialGpus.H100()], null, setup => new OtherLossEngine(CpuEngine.Create(setup, threads: 1)));
        using ProgramTrial trial = await Trained(devices);
        string image = Png(trial, "a.png", 1, invert: false);
        JsonElement found = Assert.Single(await Json(trial, image));
        Assert.Equal(JsonValueKind.Null, found.GetProperty("top")[0].GetProperty("probability").ValueKind);
        ProgramOutcome outcome = await trial.RunAsync("predict", trial.Results, image);
        Assert.Contains("the loss of this run tells no probabilities; classes are in order, the most probable first", outcome.Output);
        Assert.DoesNotContain("%", outcome.Output);
    }

    public static TheoryData<string, byte[]?> Bad() => new()
    {
        { "no such file; images are PNG or IDX files", null },
        { "is empty; images are PNG or IDX files", [] },
        { "is neither a PNG nor an IDX file; save the image as PNG", "hello"u8.ToArray() },
        { "is a JPEG, which is not read here; save it as PNG", [0xFF, 0xD8, 0xFF, 0xE0] },
        { "is a GIF, which is not read here; save it as PNG", "GIF89a"u8.ToArray() },
        { "is a WebP, which is not read here; save it as PNG", "RIFF....WEBPVP8"u8.ToArray() },
        { "is interlaced, which is not read here; save it without interlacing", PngBytes.Of(PngBytes.Header(9, 9, 8, 0, interlace: 1)) },
        { "is cut off", PngBytes.Of(PngBytes.Header(9, 9, 8, 0)) },
        { "holds labels where images are expected; ", IdxBytes.Labels(5) },
        { "its images are 5000x1 pixels, where at most 4096x4096 are read", IdxBytes.Images(1, 1, 5000) },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task Predict_OfABadImage_SaysSoInOneLine_BeforeAnythingIsComputed(string problem, byte[]? bytes)
    {
        DeviceAccess none = TrialGpus.Cuda(TrialGpus.H100()) with { CreateGpu = (_, _, _) => throw new InvalidOperationException("computed") };
        using ProgramTrial trial = await Trained();
        using var later = new ProgramTrial { Devices = none };
        string good = Png(trial, "good.png", 1, invert: false);
        if (bytes is not null)
        {
            File.WriteAllBytes(trial.In("bad"), bytes);
        }
        ProgramOutcome outcome = await later.RunAsync("predict", trial.Results, good, trial.In("bad"), good);
        Assert.StartsWith($"trainer: {trial.In("bad")}: {problem}", outcome.OneErrorLine(), StringComparison.Ordinal);
        Assert.Equal((3, ""), (outcome.Status, outcome.Output));
    }

    [Fact]
    public async Task Predict_OfAFolder_IsRefused()
    {
        using ProgramTrial trial = await Trained();
        ProgramOutcome outcome = await trial.RunAsync("predict", trial.Results, trial.Results);
        Assert.Equal((3, $"trainer: {trial.Results}: is a folder; name the images in it"), (outcome.Status, outcome.OneErrorLine()));
    }

    /// <summary>The first test image as a PNG, every pixel a square.</summary>
    private static string Png(ProgramTrial trial, string name, int factor, bool invert)
    {
        int side = 28 * factor;
        byte[] pixels = [.. Enumerable.Range(0, side * side).Select(i => Images.Pixels[i / side / factor * 28 + i % side / factor])];
        using FileStream file = File.Create(trial.In(name));
        PngWriter.WriteGrey(file, invert ? Array.ConvertAll(pixels, value => (byte)(255 - value)) : pixels, side, side);
        return trial.In(name);
    }

    private static Task<ProgramTrial> Trained() => Trained(TrialGpus.None);

    private static async Task<ProgramTrial> Trained(DeviceAccess devices)
    {
        var trial = new ProgramTrial { Devices = devices };
        ProgramOutcome outcome = await trial.TrainAsync(trial.SmallConfig("data: {source: embedded}"));
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        return trial;
    }

    private static async Task<JsonElement[]> Json(ProgramTrial trial, params string[] arguments)
    {
        ProgramOutcome outcome = await trial.RunAsync(["predict", trial.Results, "--json", .. arguments]);
        Assert.Equal((0, ""), (outcome.Status, outcome.Error));
        return [.. outcome.Output.TrimEnd().Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line))];
    }
}
