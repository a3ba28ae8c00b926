namespace Trainer.Benchmarks;

/// <summary>The checkout that this program was built from: configurations and peers are found in it. A published folder carries its
/// peers with it and stands for the checkout where there is none.</summary>
internal static class Repository
{
    /// <summary>The folder that holds Trainer.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>A file or folder of the checkout.</summary>
    public static string In(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Trainer.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder ?? (Directory.Exists(Path.Combine(AppContext.BaseDirectory, "scripts")) ? AppContext.BaseDirectory : null) ?? throw new InvalidOperationException($"no Trainer.sln above {AppContext.BaseDirectory}");
    }
}
