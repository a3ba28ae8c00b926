using System.Globalization;
using Trainer.Configuration;
using Trainer.Data;
using Trainer.Engines;
using Trainer.GradientChecks;
using Trainer.GradientChecks.Faults;
using Trainer.Networks;
using Trainer.Runs;

namespace Trainer.Terminal;

/// <summary>What <c>trainer gradcheck</c> prints for people: two tables and a sentence.</summary>
/// <param name="shell">Where to.</param>
internal sealed class GradcheckText(Shell shell)
{
    /// <summary>What is going to be checked.</summary>
    public void Begin(string config, Experiment experiment, TrainingSetup setup, DataSet images, GradientCheckOptions options, double loss)
    {
        string[] parts = [setup.Shape.ToString(), .. setup.Network.Activations.Select(NameOf).Distinct(), NameOf(setup.Network.Loss), NameOf(experiment.Optimizer)];
        string moved = options.Jitter == 0 ? "" : Invariant($", moved by up to {options.Jitter}");
        Write($"config    {config}: {string.Join(", ", parts)}");
        Write($"data set  {images.Name}, {options.Rows} rows of the run's first step, seed {experiment.Seed}");
        Write($"point     the initial parameters ({NameOf(experiment.Model.Init)}){moved}; mean loss {EpochTable.Loss(loss)}");
        Write(Invariant($"check     by hand against (L(w + h) - L(w - h))/2h in binary64, h = {options.Step}; errors up to {GradientCheck.Tolerance} pass"));
        Write("");
    }

    /// <summary>What was found.</summary>
    public void End(GradcheckResult result)
    {
        Table(["tensor", "elements", "checked", "corners", "zeros", "largest error", "difference", "where", "verdict"], [.. result.Tensors.Select(Cells)]);
        Write(result.UpdateError is { } error
            ? $"update rule: {UpdateCheck.Steps} steps against its equations, largest error {GradcheckResult.Exponent(error)}: {(result.UpdatePassed == true ? "ok" : "WRONG")}"
            : "update rule: not checked here, there is no second statement of its equations; the tests of the update rules hold it to reference steps");
        if (result.Tensors.Where(tensor => tensor.Checked > 0 && tensor.Zeros == tensor.Checked).ToArray() is [_, ..] idle)
        {
            Write($"note: all gradients looked at in {string.Join(", ", idle.Select(tensor => GradcheckResult.NameOf(tensor.Group)))} are 0, so that little is proven there");
            Write("      (a bias before a batch normalisation is always so; at a start with weights 0 or far too large, try --jitter 0.1 or another model.init)");
        }
        if (result.Faults is { } faults)
        {
            Write("");
            Table(["fault built in", "error found", "verdict"], [.. faults.Select(Cells)]);
        }
        Write("");
        Write(result.Sentence);
    }

    private static string[] Cells(TensorCheck tensor)
    {
        string[] numbers = [GradcheckResult.NameOf(tensor.Group), Whole(tensor.Group.Count), Whole(tensor.Checked), Whole(tensor.Corners), Whole(tensor.Zeros)];
        return tensor.Worst is { } worst
            ?
            [
                .. numbers, GradcheckResult.Exponent(worst.Error), GradcheckResult.Exponent(worst.Difference), Where(tensor.Group, worst.Index),
                tensor.Passed ? "ok" : "WRONG",
            ]
            : [.. numbers, "-", "-", "-", "UNPROVEN"];
    }

    private static string[] Cells(FaultOutcome fault) => fault.Verdict switch
    {
        FaultVerdict.NoChange => [fault.Fault, "-", "no change here"],
        FaultVerdict.Missed => [fault.Fault, GradcheckResult.Exponent(fault.Error), "NOT NOTICED"],
        _ => [fault.Fault, GradcheckResult.Exponent(fault.Error), $"caught by {(fault.Group is { } group ? GradcheckResult.NameOf(group) : "the update rule")}"],
    };

    /// <summary>[o, i] of a weight, [o] of the others, from 0.</summary>
    private static string Where(ParameterGroup group, int index) => group.Kind == ParameterKind.Weight
        ? $"[{index / group.Layer.Inputs}, {index % group.Layer.Inputs}]"
        : $"[{index}]";

    private static string NameOf(object kind) => Registry.NameOf(kind.GetType());

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private void Table(string[] heading, IReadOnlyList<string[]> rows)
    {
        bool rounded = shell.IsTerminal && shell.Console.Profile.Capabilities.Unicode;
        foreach (string line in TextTable.Lines([heading], rows, rounded))
        {
            Write(line);
        }
    }

    private void Write(string line) => shell.Output.WriteLine(line);
}
