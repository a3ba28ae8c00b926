using Trainer.GradientChecks;
using Trainer.GradientChecks.Faults;
using Trainer.Results;

namespace Trainer.Terminal;

/// <summary>What <c>trainer gradcheck --json</c> prints: an object for each tensor, the update rule, each fault, and the whole.</summary>
/// <param name="output">Where to.</param>
internal sealed class GradcheckJson(TextWriter output)
{
    /// <summary>What was found.</summary>
    /// <param name="result">The findings.</param>
    /// <param name="dataSet">The images.</param>
    /// <param name="loss">The mean loss of the rows.</param>
    public void Write(GradcheckResult result, string dataSet, double loss)
    {
        foreach (TensorCheck tensor in result.Tensors)
        {
            Write(new TensorLine(
                GradcheckResult.NameOf(tensor.Group), tensor.Group.Count, tensor.Checked, tensor.Corners, tensor.Zeros, tensor.Worst?.Error, tensor.Worst?.Index,
                tensor.Worst?.HandWritten, tensor.Worst?.Numeric, tensor.Passed));
        }
        Write(new UpdateLine("update", result.UpdateError, result.UpdatePassed));
        foreach (FaultOutcome fault in result.Faults ?? [])
        {
            Write(new FaultLine(fault.Fault, fault.Verdict, fault.Error, fault.Group is { } group ? GradcheckResult.NameOf(group) : null));
        }
        Write(new EndLine(result.Passed, GradientCheck.Tolerance, dataSet, loss, result.Sentence));
    }

    private void Write<T>(T line) => output.WriteLine(JsonText.Line(line));

    private sealed record TensorLine(
        string Tensor, int Elements, int Checked, int Corners, int Zeros, double? Error, int? Index, double? HandWritten, double? Numeric,
        bool Passed);

    private sealed record UpdateLine(string Rule, double? Error, bool? Passed);

    private sealed record FaultLine(string Fault, FaultVerdict Verdict, double Error, string? Tensor);

    private sealed record EndLine(bool Passed, double Tolerance, string DataSet, double Loss, string Summary);
}
