namespace Trainer.Results;

/// <summary>Where the diagnostics of a run lie: <c>diagnostics/</c> in its folder.</summary>
/// <param name="Path">The folder.</param>
internal sealed record DiagnosticsFolder(string Path)
{
    /// <summary>Layer by layer and epoch by epoch.</summary>
    public string Layers => System.IO.Path.Combine(Path, "layers.csv");

    /// <summary>The whole network, epoch by epoch.</summary>
    public string Network => System.IO.Path.Combine(Path, "network.csv");

    /// <summary>The picture of one family of figures.</summary>
    public string Picture(string family) => System.IO.Path.Combine(Path, family + ".svg");

    /// <summary>Whether there are diagnostics of all of <paramref name="epochs"/> epochs and the untrained network.</summary>
    public bool IsComplete(int epochs)
    {
        try
        {
            return File.Exists(Layers) && CsvFile.Read<NetworkRow>(Network).Count == epochs + 1;
        }
        catch (Failures.RunFailedException)
        {
            return false;
        }
    }
}
