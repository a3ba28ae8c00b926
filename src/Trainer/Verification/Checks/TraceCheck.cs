using System.Runtime.InteropServices;
using Trainer.Results;

namespace Trainer.Verification.Checks;

/// <summary>The trace begins with the initial weights, and has its steps once.</summary>
internal sealed class TraceCheck : IRunCheck
{
    /// <inheritdoc/>
    public string Name => "trace";

    /// <inheritdoc/>
    public CheckOutcome? Check(VerifiedRun run)
    {
        if (!Directory.Exists(run.Folder.Trace))
        {
            return null;
        }
        string steps = TraceFiles.StepsIn(run.Folder.Trace), initial = TraceFiles.InitialIn(run.Folder.Trace);
        (string file, string initialName) = (run.NameOf(steps), run.NameOf(initial));
        IReadOnlyList<StepRow> rows = CsvFile.Read<StepRow>(steps);
        // Of a batch normalisation's statistics a trace has none.
        ReadOnlySpan<byte> weights = MemoryMarshal.AsBytes(run.Initial[..run.Shape.ParameterCount]);
        return CheckOutcome.Of(
            $"{initialName} holds the initial weights, {file} {rows.Count} steps",
            weights.SequenceEqual(SafetensorsFile.Numbers(initial)) ? null : $"{initialName}: is not what the seed gives",
            Sequence.FirstProblem(file, [.. rows.Select(row => FormattableString.Invariant($"step {row.Step}"))], index => FormattableString.Invariant($"step {index + 1}")),
            TableText.Problem(run, steps, rows));
    }
}
