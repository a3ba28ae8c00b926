using System.Globalization;
using Trainer.GradientChecks;
using Trainer.GradientChecks.Faults;
using Trainer.Networks;

namespace Trainer.Terminal;

/// <summary>What <c>trainer gradcheck</c> found.</summary>
/// <param name="Tensors">A tensor each.</param>
/// <param name="UpdateError">The largest error of the update rule's steps; null where there is nothing to compare with.</param>
/// <param name="Faults">What became of faults; null where none was built in.</param>
internal sealed record GradcheckResult(IReadOnlyList<TensorCheck> Tensors, double? UpdateError, IReadOnlyList<FaultOutcome>? Faults)
{
    /// <summary>Whether the update rule follows its equations; null where there is nothing to compare with.</summary>
    public bool? UpdatePassed => UpdateError is { } error ? error <= UpdateCheck.Tolerance : null;

    /// <summary>Whether everything is as it should be.</summary>
    public bool Passed => !Problems().Any();

    /// <summary>The whole in plain words.</summary>
    public string Sentence => Passed ? Praise() : $"FAILED: {string.Join("; ", Problems())}.";

    /// <summary>"layer 1 weight": layers as people count them.</summary>
    public static string NameOf(ParameterGroup group) => $"layer {group.Layer.Index + 1} {group.Kind.ToString().ToLowerInvariant()}";

    /// <summary>An error, to two digits.</summary>
    public static string Exponent(double value) =>
        value == 0 ? "0" : double.IsFinite(value) ? value.ToString("0.0e+00", CultureInfo.InvariantCulture) : "not finite";

    private IEnumerable<string> Problems()
    {
        foreach (TensorCheck tensor in Tensors.Where(tensor => !tensor.Passed))
        {
            yield return tensor.Worst is null
                ? $"{NameOf(tensor.Group)} was not checked, as the loss has corners wherever it was looked at; try a shorter --step, or --jitter 0.1"
                : $"the gradient of {NameOf(tensor.Group)} does not agree";
        }
        if (UpdatePassed == false)
        {
            yield return "the update rule does not follow its equations";
        }
        foreach (FaultOutcome fault in (Faults ?? []).Where(fault => fault.Verdict == FaultVerdict.Missed))
        {
            yield return $"the check did not notice a fault ({fault.Fault}); try more --samples";
        }
    }

    private string Praise()
    {
        double largest = Tensors.Max(tensor => tensor.Worst?.Error ?? 0);
        int corners = Tensors.Sum(tensor => tensor.Corners);
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"The hand-written gradient is right: all {Tensors.Sum(tensor => tensor.Checked)} elements agree with differences, largest error {Exponent(largest)}");
        text += corners > 0 ? $"; {corners} more lie at a corner of the loss, where there is no derivative to compare with." : ".";
        return Faults is null ? text : $"{text} And the check can tell: {Noticed(Faults)}";
    }

    private static string Noticed(IReadOnlyList<FaultOutcome> faults)
    {
        int caught = faults.Count(fault => fault.Verdict == FaultVerdict.Caught);
        int idle = faults.Count - caught;
        return idle == 0
            ? $"it caught all {caught} faults."
            : $"it caught all {caught} faults that change a number; {idle} more {(idle == 1 ? "changes" : "change")} none here (--jitter 0.1 or more --rows may show what).";
    }
}
