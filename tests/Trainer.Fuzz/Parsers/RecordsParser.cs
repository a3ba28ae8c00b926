using System.Text;
using System.Text.Json;
using Trainer.Failures;
using Trainer.Fuzz.Inputs;
using Trainer.Results;

namespace Trainer.Fuzz.Parsers;

/// <summary>What a run records as text: metrics.csv, and status, summary and manifest in JSON.</summary>
internal sealed class RecordsParser : FuzzedParser
{
    private const string Header = "epoch,step,lr,running_loss,running_accuracy,train_loss,train_accuracy,val_loss,val_accuracy,test_loss,test_accuracy,digest\n";

    /// <inheritdoc/>
    public override string Name => "records";

    /// <inheritdoc/>
    public override string FileName => "metrics.csv";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words { get; } =
    [
        Header, ",", "\n", "\r\n", "\"", "\"\"", ",,,,", "NaN", "Infinity", "-Infinity", "1e999", "-0", "é", "\\ud800", "\\u001b[31m", "{", "}", "[", "]", ":", "null",
        "\"state\":\"completed\",", "\"epoch\":2147483648,", "\"message\":\"x\",", "\"last\":{},", "true", "2026-11-22T00:00:00Z", "9999-99-99T99:99:99Z", "\uFEFF",
    ];

    /// <inheritdoc/>
    public override byte[] Generate(FuzzRandom random)
    {
        var text = new StringBuilder(Header);
        int rows = random.Below(6);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < 12 - (random.OnceIn(20) ? 1 : 0); column++)
            {
                text.Append(column == 0 ? "" : ",").Append(random.Below(24) switch
                {
                    0 => "",
                    1 => "\"" + random.Of("1", "0.5", "a", "", "\"\"") + "\"",
                    2 => random.Of("NaN", "-1", " 1", "1 ", "+1", "1e3", "1E-3", "0x1", "1.", ".5", "1_0", "∞", "a\rb"),
                    _ => column < 2 ? FormattableString.Invariant($"{row + column}") : column == 11 ? "0a1b2c3d4e5f6071" : FormattableString.Invariant($"0.{random.Below(100000)}"),
                });
            }
            text.Append(random.OnceIn(20) ? "\r\n" : "\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <inheritdoc/>
    public override IEnumerable<Action> Readings(string path)
    {
        string place = Path.GetDirectoryName(path)!;
        var folder = new RunFolder(place);
        byte[] bytes = File.ReadAllBytes(path);
        if (bytes is [(byte)'{' or (byte)'[' or (byte)'"', ..])
        {
            string[] files = [folder.Status, folder.Summary, folder.Manifest];
            Array.ForEach(files, file => File.WriteAllBytes(file, bytes));
            return
            [
                () => _ = RunStatus.TryRead(folder),
                () => _ = RunSummary.TryRead(folder),
                () => CheckManifest(RecordedManifest.TryRead(folder)),
                () => CheckJson<Manifest>(folder.Manifest),
                () => CheckJson<CheckpointFile>(folder.Manifest),
            ];
        }
        return [() => CheckMetrics(path), () => _ = CsvFile.ReadLast<MetricsRow>(path), () => _ = CsvFile.ReadText(path), () => _ = MetricsFile.BeginsAsOurs(path)];
    }

    /// <inheritdoc/>
    public override bool IsRefusal(TrainerException failure) => failure is RunFailedException;

    private static void CheckManifest(RecordedManifest? manifest)
    {
        foreach (string[] place in new[] { new[] { "software", "trainer" }, ["hardware", "processor"], ["data", "hash"], ["started"] })
        {
            string? text = manifest?.Text(place);
            InconsistencyException.ThrowUnless(text is null || !text.Any(char.IsControl), "a manifest's text has a control character");
            _ = (manifest?.Number(place), manifest?.Time(place));
        }
    }

    private static void CheckJson<T>(string path)
    {
        try
        {
            _ = JsonText.Parse<T>(RecordedFile.ReadText(path, RecordedFile.LongestJson));
        }
        catch (JsonException)
        {
            // What those who read it have words for.
        }
    }

    /// <summary>The fast reader gives what the careful one gives.</summary>
    private static void CheckMetrics(string path)
    {
        IReadOnlyList<MetricsRow> fast = MetricsFile.Read(path);
        InconsistencyException.ThrowUnless(fast.SequenceEqual(CsvFile.Read<MetricsRow>(path)), "the fast reader gives other rows than the careful one");
    }
}
