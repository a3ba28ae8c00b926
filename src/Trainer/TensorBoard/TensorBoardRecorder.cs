using Trainer.Diagnostics;
using Trainer.Engines;
using Trainer.Networks;
using Trainer.Results;
using Trainer.Runs;

namespace Trainer.TensorBoard;

/// <summary>Writes <c>tensorboard/</c> while the run goes on: after every epoch its events are whole in the file. A step is an
/// epoch; 0 is the untrained network.</summary>
internal sealed class TensorBoardRecorder : IRunLog
{
    private readonly EventFile _events;
    private readonly NetworkProbe _probe;
    private readonly MlpShape _shape;

    /// <summary>For the run of <paramref name="setup"/>; behind the recorder that empties the folder.</summary>
    public TensorBoardRecorder(TensorBoardFolder folder, TrainingSetup setup)
    {
        _events = new EventFile(folder.Events);
        _probe = new NetworkProbe(setup.Network, setup.Data.Train);
        _shape = setup.Shape;
    }

    /// <inheritdoc/>
    public void Begin() => _events.Clear();

    /// <inheritdoc/>
    public string? Lacks(int epoch) => _events.GoOn(1 + epoch + 1) ? null : _events.Path;

    /// <inheritdoc/>
    public void Flush() => _events.Flush();

    /// <inheritdoc/>
    public void OnProgress(RunProgress progress)
    {
    }

    /// <inheritdoc/>
    public void OnTrace(RunTrace trace)
    {
    }

    /// <inheritdoc/>
    public void OnEpoch(EpochRecord record, EpochTiming timing, ReadOnlySpan<float> network, bool isBest)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        if (_events.IsEmpty)
        {
            _events.Add(EventMessage.Version(now));
        }
        // By the plain loops on the host, beside the run: nothing that trains is touched.
        IReadOnlyList<LayerProbe> layers = _probe.Measure(network[.._shape.ParameterCount]);
        _events.Add(EventMessage.Scalars(now, record.Epoch, [.. Measured(record), .. Gradients(layers)]));
    }

    /// <summary>What <c>metrics.csv</c> has of the epoch; a value that was not measured has no point.</summary>
    private static IEnumerable<ScalarValue> Measured(EpochRecord record)
    {
        (string Split, Evaluation? Measured)[] splits =
            [("train", record.Train), ("validation", record.Validation), ("test", record.Test)];
        foreach ((string split, Evaluation? measured) in splits)
        {
            if (measured is { } evaluation)
            {
                yield return new ScalarValue($"Loss/{split}", evaluation.Loss);
                yield return new ScalarValue($"Accuracy/{split}", evaluation.Accuracy);
            }
        }
        if (record.Lr is { } rate)
        {
            yield return new ScalarValue("LR", rate);
        }
    }

    private static IEnumerable<ScalarValue> Gradients(IReadOnlyList<LayerProbe> layers) => layers.Select(layer => new ScalarValue(
        layer.Layer == layers.Count ? "GradNorm/output" : FormattableString.Invariant($"GradNorm/layer_{layer.Layer}"), layer.GradientNorm));
}
