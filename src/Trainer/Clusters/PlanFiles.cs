using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Storage;

namespace Trainer.Clusters;

/// <summary>The cells of a sweep in files of a hundred: a task reads one of them, 60 KB or so, and not 6 MB of 10,000 cells.</summary>
/// <param name="folder">Where they lie.</param>
internal sealed class PlanFiles(ClusterFolder folder)
{
    private const int CellsOfFile = 100;

    /// <summary>The number of the first cell in the file of <paramref name="cell"/>.</summary>
    public static int FirstOfFile(int cell) => ((cell - 1) / CellsOfFile * CellsOfFile) + 1;

    /// <summary>A digest of the cells: what is done, and where it is recorded.</summary>
    public static string DigestOf(IReadOnlyList<PlannedCell> cells)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (PlannedCell cell in cells)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(JsonText.Line(cell with { Config = "" }) + "\n"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Writes all cells, and behind them the plan that says so.</summary>
    /// <exception cref="RunFailedException">They cannot be written.</exception>
    public void Write(ClusterPlan plan, IReadOnlyList<PlannedCell> cells)
    {
        for (int first = 1; first <= cells.Count; first += CellsOfFile)
        {
            IEnumerable<PlannedCell> some = cells.Skip(first - 1).Take(CellsOfFile);
            AtomicFile.WriteText(folder.Cells(first), string.Concat(some.Select(cell => JsonText.Line(cell) + "\n")));
        }
        AtomicFile.WriteText(folder.Plan, JsonText.File(plan));
    }

    /// <summary>The plan.</summary>
    /// <exception cref="ConfigException">The sweep was not submitted to a cluster, or by another version of this program.</exception>
    /// <exception cref="RunFailedException">It cannot be read.</exception>
    public ClusterPlan Plan()
    {
        if (!folder.IsThere)
        {
            throw new ConfigException($"{folder.Sweep.Path}: was not submitted to a cluster, or its folder 'cluster' was removed; 'trainer sweep SWEEP --launcher slurm' does so");
        }
        ClusterPlan plan = ClusterFolder.Read<ClusterPlan>(folder.Plan);
        return plan.Format == ClusterPlan.Known ? plan : throw new ConfigException(
            $"{folder.Plan}: was written by another version of this program (format {plan.Format}, known is {ClusterPlan.Known}); use that version");
    }

    /// <summary>One cell.</summary>
    /// <exception cref="RunFailedException">It cannot be read.</exception>
    public PlannedCell Cell(int number) => CellsFrom(FirstOfFile(number)).FirstOrDefault(cell => cell.Cell == number)
        ?? throw new RunFailedException(string.Create(CultureInfo.InvariantCulture, $"{folder.Cells(FirstOfFile(number))}: has no cell {number}"));

    /// <summary>All cells, in order.</summary>
    /// <exception cref="RunFailedException">They cannot be read, or are not those of the plan.</exception>
    public IReadOnlyList<PlannedCell> Cells(ClusterPlan plan)
    {
        int files = (plan.Cells + CellsOfFile - 1) / CellsOfFile;
        PlannedCell[] cells = [.. ParallelEnumerable.Range(0, files).AsOrdered().SelectMany(file => CellsFrom((file * CellsOfFile) + 1))];
        return cells.Length == plan.Cells && cells.Index().All(cell => cell.Item.Cell == cell.Index + 1)
            ? cells
            : throw new RunFailedException($"{folder.Plan}: the cells beside it are not the {plan.Cells} that it speaks of; submit the sweep again");
    }

    private PlannedCell[] CellsFrom(int first)
    {
        string path = folder.Cells(first);
        string[] lines;
        try
        {
            lines = RecordedFile.ReadText(path, RecordedFile.LongestTable).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be read: {failure.Message}", failure);
        }
        return [.. lines.Select(line => ClusterFolder.Parse<PlannedCell>(line, path))];
    }
}
