using Trainer.Data;
using Trainer.Formulas;

namespace Trainer.Engines.Cpu;

/// <summary>Takes rows forward, for their losses and predictions: all threads of a team, some rows at a time each.</summary>
internal sealed unsafe class Evaluator<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private readonly CpuNetwork<TLanes> _network;
    private readonly EvaluationRoom[] _rooms;
    private readonly WorkQueue _units;
    private readonly ThreadTeam _team;
    private readonly Action<int> _job;
    private EvaluationTask _task;

    public Evaluator(CpuNetwork<TLanes> network, ThreadTeam team)
    {
        int together = EvaluationRoom.RowsFor(network.Layout, team.Size);
        _rooms = [.. Enumerable.Range(0, team.Size).Select(_ => new EvaluationRoom(network.Layout, together))];
        _network = network;
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
        _network.BeginEvaluation();
        int together = _rooms[0].Rows.Length;
        _units.Fill((end - first + together - 1) / together);
        _team.Run(_job, _team.Size);
    }

    private void EvaluateShare(int thread)
    {
        (Split data, int first, int end, bool all, RowResults results, CancellationToken cancellation) = _task;
        EvaluationRoom room = _rooms[thread];
        var inputs = new InputPhase<TLanes>(_network, threads: 1);
        var phase = new RowPhase<TLanes>(_network, room.Workspace);
        bool normalizes = _network.Mlp.BatchNorm is not null && _network.Last > 0;
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
            for (int k = 0; k < inputs.Units(count); k++)
            {
                inputs.Forward(room.Images, count, k, all, room.Workspace, activate: _network.Last > 0 && !normalizes);
            }
            for (int panel = 0; normalizes && panel < _network.First.PanelCount; panel++)
            {
                phase.Finish(0, panel, 0, count, normalizes, dropout: null);
            }
            phase.Forward(room.Images.Labels, 0, count, training: false, dropout: null, results, start);
        }
    }

    private readonly record struct EvaluationTask(
        Split Data, int First, int End, bool All, RowResults Results, CancellationToken Cancellation);
}
