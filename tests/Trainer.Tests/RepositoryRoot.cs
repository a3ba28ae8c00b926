namespace Trainer.Tests;

/// <summary>The checkout that the tests were built from.</summary>
internal static class RepositoryRoot
{
    /// <summary>The folder that holds Trainer.sln; the test runner's own folder is nobody's.</summary>
    public static string Path { get; } = Find();

    /// <summary>A file or folder of the checkout.</summary>
    public static string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder, "Trainer.sln")))
        {
            folder = System.IO.Path.GetDirectoryName(folder);
        }
        return folder ?? throw new InvalidOperationException($"no Trainer.sln above {AppContext.BaseDirectory}");
    }
}
