using Trainer.Engines.Gpu.Tracing;

namespace Trainer.Engines.Gpu.Kernels;

/// <summary>All kernels, and the line of source that makes each.</summary>
internal static class KernelList
{
    private static readonly (string Name, string Sizes)[] Tilings = [("small", "SMALL"), ("large", "LARGE")];

    /// <summary>The line that makes a kernel, by the kernel's name.</summary>
    public static IReadOnlyDictionary<string, string> Lines { get; } = All().ToDictionary(line => line.Kernel, line => line.Text);

    /// <summary>
    /// The kernels that networks with these formulas and features need, in the parts that OpenCL compiles together when one of
    /// them is asked for: those of each activation; the pass of rows, which not every device has the local memory for; those of
    /// the rule; those of each feature.
    /// </summary>
    /// <param name="activations">Those behind hidden layers, each once; at least one.</param>
    /// <param name="rule">The update rule.</param>
    /// <param name="features">What there is beside a plain network.</param>
    public static IReadOnlyList<IReadOnlyList<string>> PartsOf(IReadOnlyList<string> activations, string rule, GpuFeatures features)
    {
        var parts = new List<IReadOnlyList<string>>
        {
            (string[])["gather", GpuFeatures.CrossEntropy, .. Tilings.Select(tiling => $"forward_{tiling.Name}_{FormulaCatalog.Linear}"), .. OfActivation(activations[0])],
        };
        parts.AddRange(activations.Skip(1).Select(name => (string[])[.. OfActivation(name)]));
        parts.Add([$"update_{FormulaCatalog.Gradient}", $"update_{rule}"]);
        // A setup does not say whether its plans will bring inputs.
        parts.Add(["gather_prepared"]);
        if (features.Loss != GpuFeatures.CrossEntropy)
        {
            parts.Add([features.Loss]);
        }
        if (features.IsSeparate)
        {
            parts.Add([.. Tilings.Select(tiling => $"input_gradient_{tiling.Name}_{FormulaCatalog.Linear}")]);
            parts.AddRange(activations.Select(name => (string[])[$"activate_{name}", $"differentiate_{name}"]));
        }
        (bool Wanted, string[] Kernels)[] others =
        [
            (features.MayPassRows && activations.Count == 1, [$"pass_rows_{activations[0]}"]),
            (features.IsNormalized, ["batch_statistics", "batch_norm", "batch_norm_gradient", "batch_norm_backward"]),
            (features.InPortions, ["begin_portion", $"update_{FormulaCatalog.Continued}"]),
            (features.IsStaged, [$"apply_{rule}"]),
            (features.ClipsNorm || features.BoundsUnits, ["unit_squares", "norm_factor", "bound_weights"]),
            (features.Averages, ["average"]),
        ];
        parts.AddRange(others.Where(part => part.Wanted).Select(part => part.Kernels));
        return parts;
    }

    /// <summary>The file that makes them all: <c>instances.c</c>.</summary>
    public static string Instances() =>
        $"// Written from the catalogue of formulas: every kernel of the PTX.\n#include \"kernels.c\"\n\n{string.Join('\n', Lines.Values)}\n";

    private static IEnumerable<string> OfActivation(string name) =>
        Tilings.SelectMany(tiling => (string[])[$"forward_{tiling.Name}_{name}", $"input_gradient_{tiling.Name}_{name}"]);

    private static IEnumerable<(string Kernel, string Text)> All() =>
    [
        ("gather", "GATHER_KERNEL"), ("gather_prepared", "GATHER_PREPARED_KERNEL"), ("begin_portion", "PORTION_KERNEL"),
        (GpuFeatures.CrossEntropy, LossLine(GpuFeatures.CrossEntropy)), (GpuFeatures.SmoothedCrossEntropy, LossLine(GpuFeatures.SmoothedCrossEntropy)),
        (GpuFeatures.MeanSquaredError, LossLine(GpuFeatures.MeanSquaredError)),
        .. OfActivations(), ("batch_statistics", "STATISTICS_KERNEL"), ("batch_norm", "NORMALIZE_KERNEL"),
        ("batch_norm_gradient", "NORMALIZATION_GRADIENT_KERNEL"), ("batch_norm_backward", "NORMALIZE_BACKWARD_KERNEL"),
        .. OfRules(), ("unit_squares", "SQUARES_KERNEL"), ("norm_factor", "FACTOR_KERNEL"), ("bound_weights", "BOUND_KERNEL"),
        ("average", "AVERAGE_KERNEL"),
    ];

    private static string LossLine(string name) => $"LOSS_KERNEL({name}, {name.ToUpperInvariant()})";

    private static IEnumerable<(string Kernel, string Text)> OfActivations()
    {
        // Formula 0 is none: behind the output layer, and where the activation has a kernel of its own.
        string[] activations = [FormulaCatalog.Linear, .. FormulaCatalog.Activations.Select(row => row.Name)];
        foreach ((int index, string name) in activations.Index())
        {
            foreach ((string tiling, string sizes) in Tilings)
            {
                yield return ($"forward_{tiling}_{name}", $"FORWARD_KERNEL({tiling}, {sizes}, {name}, {index})");
                yield return ($"input_gradient_{tiling}_{name}", $"INPUT_GRADIENT_KERNEL({tiling}, {sizes}, {name}, {index})");
            }
            if (index > 0)
            {
                yield return ($"pass_rows_{name}", $"PASS_ROWS_KERNEL({name}, {index})");
                yield return ($"activate_{name}", $"ACTIVATE_KERNEL({name}, {index})");
                yield return ($"differentiate_{name}", $"DIFFERENTIATE_KERNEL({name}, {index})");
            }
        }
    }

    private static IEnumerable<(string Kernel, string Text)> OfRules()
    {
        // Rule 0 keeps the gradient.
        string[] rules = [FormulaCatalog.Gradient, .. FormulaCatalog.Rules.Select(row => row.Name)];
        foreach ((int index, string name) in rules.Index())
        {
            yield return ($"update_{name}", $"UPDATE_KERNEL({name}, {index}, 0)");
            if (index > 0)
            {
                yield return ($"apply_{name}", $"APPLY_KERNEL({name}, {index})");
            }
        }
        yield return ($"update_{FormulaCatalog.Continued}", $"UPDATE_KERNEL({FormulaCatalog.Continued}, 0, 1)");
    }
}
