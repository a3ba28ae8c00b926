using System.Text;
using System.Text.Json;
using Trainer.Charts;
using Trainer.Comparisons;

namespace Trainer.Reports;

/// <summary>A chart as <c>charts.js</c> takes it.</summary>
/// <param name="Id">Its name in the page.</param>
/// <param name="Title">Its heading.</param>
/// <param name="YLabel">What is measured.</param>
/// <param name="Format">"percent", "loss" or "number".</param>
/// <param name="Series">The lines.</param>
internal sealed record ChartSpec(string Id, string Title, string YLabel, string Format, IReadOnlyList<ChartSeries> Series)
{
    /// <summary>What all charts over epochs share cursor, zoom and switches by.</summary>
    public const string Sync = "epochs";

    private const int Dashes = 3;

    /// <summary>The epochs of any series, ascending.</summary>
    public IReadOnlyList<int> Epochs { get; } = [.. Series.SelectMany(series => series.Curve.Epochs).Distinct().Order()];

    /// <summary>The epoch at which the chart begins until somebody zooms out: the untrained network, at 10 % and 2.3, would press all that
    /// follows into one line; null to begin with the first.</summary>
    public int? From => Epochs.Count > 2 && Epochs[0] == 0 ? Epochs[1] : null;

    /// <summary>The chart as one line of JSON: exact digits, null where nothing was measured, no letter that means something in HTML.</summary>
    public string Json()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("title", Title);
            json.WriteString("xLabel", "epoch");
            json.WriteString("yLabel", YLabel);
            json.WriteString("format", Format);
            json.WriteString("sync", Sync);
            if (From is { } from)
            {
                json.WriteNumber("from", from);
            }
            json.WriteStartArray("x");
            foreach (int epoch in Epochs)
            {
                json.WriteNumberValue(epoch);
            }
            json.WriteEndArray();
            json.WriteStartArray("series");
            foreach (ChartSeries series in Series)
            {
                Write(json, series);
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private void Write(Utf8JsonWriter json, ChartSeries series)
    {
        GroupCurve curve = series.Curve;
        int[] places = Places(curve.Epochs);
        json.WriteStartObject();
        json.WriteString("label", series.Label);
        json.WriteNumber("colour", Palette.IndexOf(series.Place));
        json.WriteNumber("dash", series.Place / Palette.Light.Count % Dashes);
        json.WriteNumber("n", curve.Runs.Count);
        Write(json, "mean", curve.Mean, places);
        if (curve.StandardDeviation.Any(double.IsFinite))
        {
            Write(json, "sd", curve.StandardDeviation, places);
        }
        else
        {
            json.WriteNull("sd");
        }
        json.WriteStartArray("runs");
        // A single run is its own mean.
        for (int run = 0; curve.Runs.Count > 1 && run < curve.Runs.Count; run++)
        {
            json.WriteStartObject();
            json.WriteString("label", FormattableString.Invariant($"seed {curve.Seeds[run]}"));
            Write(json, "y", curve.Runs[run], places);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>For each epoch of the chart the place of it in a curve, or -1.</summary>
    private int[] Places(IReadOnlyList<int> epochs)
    {
        var known = epochs.Select((epoch, place) => (epoch, place)).ToDictionary(pair => pair.epoch, pair => pair.place);
        return [.. Epochs.Select(epoch => known.GetValueOrDefault(epoch, -1))];
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<double> values, int[] places)
    {
        json.WriteStartArray(name);
        foreach (int place in places)
        {
            if (place >= 0 && place < values.Count && double.IsFinite(values[place]))
            {
                json.WriteNumberValue(values[place]);
            }
            else
            {
                json.WriteNullValue();
            }
        }
        json.WriteEndArray();
    }
}
