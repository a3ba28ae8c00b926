using Trainer.Diagnostics;
using Trainer.Engines;
using Trainer.Runs;

namespace Trainer.Results;

/// <summary>Writes <c>diagnostics/</c> while the run goes on: after every epoch everything so far is whole on disk.</summary>
internal sealed class DiagnosticsRecorder : IRunLog
{
    private readonly Diagnostician _diagnostician;
    private readonly CsvLog<LayerRow> _layers;
    private readonly CsvLog<NetworkRow> _network;
    private readonly int _layerCount;
    private readonly DiagnosticsFolder _folder;

    /// <summary>For the run of <paramref name="setup"/>; behind the <see cref="RunRecorder"/>, which empties the folder.</summary>
    public DiagnosticsRecorder(DiagnosticsFolder folder, TrainingSetup setup, IEngine engine, ulong seed)
    {
        _folder = folder;
        _layerCount = setup.Shape.Layers.Count;
        _diagnostician = new Diagnostician(setup, engine, seed);
        _layers = new CsvLog<LayerRow>(folder.Layers, lasting: false);
        _network = new CsvLog<NetworkRow>(folder.Network, lasting: false);
    }

    /// <summary>What the run has to train by.</summary>
    public LastStepEngine Engine => _diagnostician.Engine;

    /// <inheritdoc/>
    public void Begin()
    {
        _layers.Clear();
        _network.Clear();
    }

    /// <inheritdoc/>
    public string? Lacks(int epoch) => !_layers.GoOn((epoch + 1) * _layerCount) ? _folder.Layers
        : !_network.GoOn(epoch + 1) ? _folder.Network
        : null;

    /// <inheritdoc/>
    public void Flush()
    {
        _layers.Flush();
        _network.Flush();
    }

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
        EpochDiagnosis epoch = _diagnostician.Measure(record.Epoch, network);
        foreach (LayerDiagnosis layer in epoch.Layers)
        {
            _layers.Add(LayerRow.From(epoch.Epoch, layer));
        }
        _network.Add(NetworkRow.From(epoch));
    }
}
