using Trainer.Activations;
using Trainer.Data;
using Trainer.Engines;
using Trainer.Networks;
using Trainer.Optimizers;
using Trainer.Tests.Activations;
using Trainer.Tests.Optimizers;

namespace Trainer.Tests.Engines;

/// <summary>Draws trainings: every size, batch, image, formula and number of threads comes up before any comes again.</summary>
/// <param name="seed">Another seed, other trainings.</param>
/// <param name="mostProducts">Rows times parameters that a training may have; sizes are drawn again until it has no more.</param>
internal sealed class EdgeDraw(ulong seed, long mostProducts)
{
    private static readonly int[] WidthList = [1, 15, 16, 17, 63, 64, 65, 100, 127, 128, 129, 200, 256, 1024];

    private readonly Deck<int> _inputs = new(10 * seed, 1, 5, 63, 64, 65, 784);
    private readonly Deck<int> _widths = new((10 * seed) + 1, WidthList);
    private readonly Deck<int> _depths = new((10 * seed) + 2, 1, 2, 0, 1, 2, 3);
    private readonly Deck<int> _outputs = new((10 * seed) + 3, 10, 2, 17);
    private readonly Deck<int> _batches = new((10 * seed) + 4, 1, 2, 63, 64, 65, 129, 300);

    private readonly Deck<Optimizer> _optimizers = new((10 * seed) + 5, [.. OptimizerList.All.Select(entry => entry.Optimizer)]);

    private readonly Deck<Activation> _activations = new((10 * seed) + 7, [.. ActivationList.All]);

    /// <summary>Numbers of threads.</summary>
    public Deck<int> Threads { get; } = new((10 * seed) + 6, 1, 2, 3, 5, 8);

    /// <summary>The next training. Its epoch has a whole batch and a short one.</summary>
    public TrainingSetup Setup(EdgeStart start, int trial)
    {
        int batch = _batches.Deal();
        int rows = batch + ((batch + 2) / 3);
        int[] sizes = [_inputs.Deal(), .. Enumerable.Range(0, _depths.Deal()).Select(_ => _widths.Deal()), _outputs.Deal()];
        while ((long)rows * new MlpShape(sizes).ParameterCount > mostProducts)
        {
            // The widest of the hidden layers makes room for another; without one, or where that does not help, the input.
            int widest = Array.IndexOf(sizes, sizes.Max());
            sizes[widest] = widest == 0 ? _inputs.Deal() : _widths.Deal();
        }
        // Threads part the test rows as well; 70 are more than one engine's evaluation takes at once.
        SplitSet data = start.Images[trial % start.Images.Length].Make(rows, 70, sizes[0], sizes[^1], seed + (ulong)trial);
        return new TrainingSetup(new MlpShape(sizes), _activations.Deal(), _optimizers.Deal() with { Lr = start.Lr }, data, batch);
    }
}
