using Trainer.Data;
using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>Takes rows forward, for their losses and predictions: all threads of a team, some rows at a time each.</summary>
internal sealed class Evaluator<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly InputPhase<TLanes> _inputs;
    private readonly RowPhase<TLanes>[] _rows;
    private readonly EvaluationRoom[] _rooms;
    private readonly WorkQueue _units;
    private readonly ThreadTeam _team;
    private readonly Action<int> _job;
    private readonly bool _hasHiddenLayers;
    private EvaluationTask _task;

    public Evaluator(
        PackedLayout layout, AlignedBuffer parameters, TransposedWeights[] transposed, ActivationLoops<TLanes>[] activations, ThreadTeam team)
    {
        int together = EvaluationRoom.RowsFor(layout, team.Size);
        _rooms = [.. Enumerable.Range(0, team.Size).Select(_ => new EvaluationRoom(layout, together))];
        _inputs = new InputPhase<TLanes>(layout.Layers[0], parameters, activations.FirstOrDefault(), threads: 1);
        _rows = [.. _rooms.Select(room =>
            new RowPhase<TLanes>(layout, parameters, transposed, room.Workspace, activations))];
        _hasHiddenLayers = layout.Layers.Length > 1;
        _units = new WorkQueue(team.Size);
        _team = team;
        _job = EvaluateShare;
    }

    /// <summary>Rows <paramref name="first"/> … <paramref name="end"/> − 1 of a split; results go to the rows' numbers.</summary>
    /// <param name="data">The split.</param>
    /// <param name="first">First row.</param>
    /// <param name="end">The row behind the last.</param>
    /// <param name="all">Whether no pixel is to be left out: see <see cref="InputPhase{TLanes}"/>.</param>
    /// <param name="results">Receives losses and predictions.</param>
    /// <param name="cancellation">Ends it, with some rows not evaluated.</param>
    public void Evaluate(Split data, int first, int end, bool all, RowResults results, CancellationToken cancellation)
    {
        _task = new EvaluationTask(data, first, end, all, results, cancellation);
        int together = _rooms[0].Rows.Length;
        _units.Fill((end - first + together - 1) / together);
        _team.Run(_job, _team.Size);
    }

    private void EvaluateShare(int thread)
    {
        (Split data, int first, int end, bool all, RowResults results, CancellationToken cancellation) = _task;
        EvaluationRoom room = _rooms[thread];
        for (int unit; !cancellation.IsCancellationRequested && (unit = _units.Claim(thread)) >= 0;)
        {
            int start = first + unit * room.Rows.Length;
            int count = Math.Min(room.Rows.Length, end - start);
            Span<int> rows = room.Rows.AsSpan(0, count);
            for (int k = 0; k < count; k++)
            {
                rows[k] = start + k;
            }
            room.Images.Gather(data, rows, 0, count);
            for (int k = 0; k < _inputs.Units(count); k++)
            {
                _inputs.Forward(room.Images, count, k, all, room.Workspace, _hasHiddenLayers);
            }
            _rows[thread].Forward(room.Images.Labels, 0, count, results, start);
        }
    }

    private readonly record struct EvaluationTask(
        Split Data, int First, int End, bool All, RowResults Results, CancellationToken Cancellation);
}
