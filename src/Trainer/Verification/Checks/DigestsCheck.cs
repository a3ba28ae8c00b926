using Trainer.Results;

namespace Trainer.Verification.Checks;

/// <summary><c>digests.csv</c> has every epoch once, and agrees tensor by tensor with the initial weights and the saved ones.</summary>
internal sealed class DigestsCheck : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "digests";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        string file = run.NameOf(run.Folder.Digests);
        if (!File.Exists(run.Folder.Digests))
        {
            return run.Rows.Count == 0 ? null : CheckOutcome.NotChecked($"there is no {file}, as runs of earlier versions have none");
        }
        IReadOnlyList<string[]> lines = run.Digests;
        string[] header = DigestsFile.Header(run.Shape);
        var problems = new List<string?>
        {
            Sequence.FirstProblem(file, [.. lines.Select(line => "epoch " + line[0])], NameOf),
            Sequence.TailProblem(run, file, lines.Count, run.Rows.Count, NameOf),
            TableText.Problem(run, run.Folder.Digests, System.Text.Encoding.UTF8.GetBytes(CsvFile.Text(header, lines))),
        };
        problems.AddRange(Differences(file, header, lines, 0, TensorDigests.Of(run.Shape, run.Initial), "the initial weights have"));
        SavedWeights?[] saved = [File.Exists(run.Folder.LastWeights) ? run.Last : null, File.Exists(run.Folder.BestWeights) ? run.Best : null];
        foreach (SavedWeights weights in saved.OfType<SavedWeights>())
        {
            problems.AddRange(Differences(file, header, lines, weights.Epoch, weights.Tensors, $"{run.NameOf(weights.Path)} has"));
        }
        return CheckOutcome.Of(
            $"{header.Length - 1} tensors an epoch, equal to the initial and the saved weights", problems);
    }

    private static string NameOf(int epoch) => FormattableString.Invariant($"epoch {epoch}");

    private static IEnumerable<string> Differences(
        string file, string[] header, IReadOnlyList<string[]> lines, int? epoch, string[] tensors, string other)
    {
        string[]? line = epoch is { } number ? lines.FirstOrDefault(line => "epoch " + line[0] == NameOf(number)) : null;
        for (int k = 0; line is not null && k < tensors.Length; k++)
        {
            if (line[k + 1] != tensors[k])
            {
                yield return $"{file}: epoch {line[0]}: tensor {header[k + 1]} is {line[k + 1]}, {other} {tensors[k]}";
            }
        }
    }
}
