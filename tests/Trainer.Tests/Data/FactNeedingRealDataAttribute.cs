using Trainer.Data;

namespace Trainer.Tests.Data;

/// <summary>A test on the official files: skipped, with the reason, where <c>TRAINER_DATA</c> does not lead to them.</summary>
internal sealed class FactNeedingRealDataAttribute : FactAttribute
{
    public FactNeedingRealDataAttribute()
    {
        if (Folder is null)
        {
            Skip = $"{DataSurroundings.VariableName} does not name a folder with the four Fashion-MNIST files";
        }
    }

    /// <summary>The folder of the official files, or null. A relative value counts from the repository's root, because the
    /// test runner's own folder is nobody's.</summary>
    public static string? Folder { get; } = Find(Environment.GetEnvironmentVariable(DataSurroundings.VariableName));

    private static string? Find(string? variable)
    {
        if (string.IsNullOrWhiteSpace(variable))
        {
            return null;
        }
        string folder = Path.GetFullPath(variable, RepositoryRoot.Path);
        return FashionMnistFiles.Official.MissingFrom(folder).Count == 0 ? folder : null;
    }
}
