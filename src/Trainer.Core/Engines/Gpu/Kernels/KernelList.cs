using Trainer.Engines.Gpu.Tracing;

namespace Trainer.Engines.Gpu.Kernels;

/// <summary>All kernels, and the line of source that makes each.</summary>
internal static class KernelList
{
    private static readonly (string Name, string Sizes)[] Tilings = [("small", "SMALL"), ("large", "LARGE")];

    /// <summary>The line that makes a kernel, by the kernel's name.</summary>
    public static IReadOnlyDictionary<string, string> Lines { get; } = All().ToDictionary(line => line.Kernel, line => line.Text);

    /// <summary>The kernels that a network with this activation needs besides those of the update.</summary>
    public static IEnumerable<string> OfNetwork(string activation)
    {
        // Whole names: "leaky_relu" ends as "relu" does.
        string[] kernels =
        [
            "gather", "softmax_cross_entropy", $"pass_rows_{activation}",
            .. Tilings.SelectMany(tiling => new[]
            {
                $"forward_{tiling.Name}_{FormulaCatalog.Linear}",
                $"forward_{tiling.Name}_{activation}",
                $"input_gradient_{tiling.Name}_{activation}",
            }),
        ];
        return Lines.Keys.Where(kernels.Contains);
    }

    /// <summary>The kernels that make an update with this rule, or keep the gradient.</summary>
    public static IEnumerable<string> OfUpdate(string rule) => [Update(FormulaCatalog.Gradient), Update(rule)];

    /// <summary>Whether a kernel makes an update.</summary>
    public static bool IsOfUpdate(string kernel) => kernel.StartsWith(Update(""), StringComparison.Ordinal);

    private static string Update(string rule) => $"update_{rule}";

    /// <summary>The file that makes them all: <c>instances.c</c>.</summary>
    public static string Instances() =>
        $"// Written from the catalogue of formulas: every kernel of the PTX.\n#include \"kernels.c\"\n\n{string.Join('\n', Lines.Values)}\n";

    private static IEnumerable<(string Kernel, string Text)> All()
    {
        yield return ("gather", "GATHER_KERNEL");
        yield return ("softmax_cross_entropy", "SOFTMAX_KERNEL");
        // Formula 0 is none: behind the output layer, and for the rule that keeps the gradient.
        string[] activations = [FormulaCatalog.Linear, .. FormulaCatalog.Activations.Select(row => row.Name)];
        string[] rules = [FormulaCatalog.Gradient, .. FormulaCatalog.Rules.Select(row => row.Name)];
        foreach ((int index, string name) in activations.Index())
        {
            foreach ((string tiling, string sizes) in Tilings)
            {
                yield return ($"forward_{tiling}_{name}", $"FORWARD_KERNEL({tiling}, {sizes}, {name}, {index})");
                if (index > 0)
                {
                    yield return ($"input_gradient_{tiling}_{name}", $"INPUT_GRADIENT_KERNEL({tiling}, {sizes}, {name}, {index})");
                }
            }
            if (index > 0)
            {
                yield return ($"pass_rows_{name}", $"PASS_ROWS_KERNEL({name}, {index})");
            }
        }
        foreach ((int index, string name) in rules.Index())
        {
            yield return (Update(name), $"UPDATE_KERNEL({name}, {index})");
        }
    }
}
