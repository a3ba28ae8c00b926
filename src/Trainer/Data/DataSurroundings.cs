namespace Trainer.Data;

/// <summary>What the machine says about where data may be. Handed in, so that a test need not change the process's
/// environment.</summary>
/// <param name="DataVariable">The value of <see cref="VariableName"/>; null or empty when it is not set.</param>
/// <param name="CacheFolder">This program's own folder of downloaded data; it need not exist.</param>
internal sealed record DataSurroundings(string? DataVariable, string CacheFolder)
{
    /// <summary>The environment variable that names the data folder.</summary>
    public const string VariableName = "TRAINER_DATA";

    /// <summary>Where unpacked copies of packed files are kept, whatever folder those are in.</summary>
    public string UnpackedFolder => Path.Combine(CacheFolder, "unpacked");

    /// <summary>The surroundings of this process.</summary>
    public static DataSurroundings OfThisProcess() =>
        new(Environment.GetEnvironmentVariable(VariableName), Path.Combine(UserCache.Folder(), "trainer", FashionMnist.Name));
}
