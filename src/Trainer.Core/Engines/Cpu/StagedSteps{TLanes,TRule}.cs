using Trainer.Formulas;
using Trainer.Optimizers;

namespace Trainer.Engines.Cpu;

/// <summary>
/// Steps that make the whole gradient first and then update all parameters: for networks with batch normalisation, inputs that
/// were prepared, batches in parts, and gradients whose norm counts. Slower than <see cref="FusedSteps{TLanes, TRule}"/> by what
/// it takes to write a gradient and read it again.
/// </summary>
internal sealed unsafe class StagedSteps<TLanes, TRule> : ITrainingSteps
    where TLanes : struct, ILanes<TLanes>
    where TRule : struct, IUpdateRule
{
    private readonly TrainingSetup _setup;
    private readonly CpuNetwork<TLanes> _network;
    private readonly LayeredPass<TLanes> _pass;
    private readonly StagedUpdate<TLanes, TRule> _update;
    private readonly ThreadTeam _team;
    private readonly SpinBarrier _barrier;
    private readonly int _threads;
    private readonly Action<int> _job;
    private volatile bool _goOn;
    private TrainingTask _task;
    private PassTask _part;

    public StagedSteps(
        TrainingSetup setup, CpuNetwork<TLanes> network, TRule rule, AlignedBuffer[] state, AlignedBuffer? average, ThreadTeam team,
        int threads)
    {
        (_setup, _network, _team, _threads) = (setup, network, team, threads);
        _barrier = new SpinBarrier(threads);
        _pass = new LayeredPass<TLanes>(network, setup.RowsTogether, drops: true, threads, _barrier);
        _update = new StagedUpdate<TLanes, TRule>(setup, network, rule, state, average, _pass.Gradient, threads, _barrier);
        _job = TrainShare;
    }

    /// <inheritdoc/>
    public void Train(EpochPlan plan, int first, int end, RowResults results, CancellationToken cancellation)
    {
        _task = new TrainingTask(plan, first, end, results, cancellation);
        _goOn = true;
        _team.Run(_job, _threads);
    }

    private void TrainShare(int thread)
    {
        (EpochPlan plan, int first, int end, RowResults results, CancellationToken cancellation) = _task;
        for (int step = first; step < end && _goOn; step++)
        {
            long number = plan.FirstStep + step + 1;
            (int start, int count) = plan.Rows(step);
            for (int done = 0; done < count && _goOn; done += _setup.RowsTogether)
            {
                if (thread == 0)
                {
                    _part = Part(plan, number, start, done, count, results);
                }
                _barrier.Wait();
                _pass.Run(_part, thread);
                // One thread decides for all, between two barriers: if each asked for itself, one might wait for another that left.
                if (thread == 0)
                {
                    _goOn = !cancellation.IsCancellationRequested;
                }
                _barrier.Wait();
            }
            if (_goOn)
            {
                _update.Run(plan.LearningRates[step], number, thread);
                _barrier.Wait();
            }
        }
    }

    private PassTask Part(EpochPlan plan, long number, int start, int done, int count, RowResults results)
    {
        int rows = Math.Min(_setup.RowsTogether, count - done);
        return new PassTask(_setup.Data.Train, plan.Order.AsMemory(start + done, rows), count, results, start + done)
        {
            Inputs = plan.Inputs,
            Dropout = _network.Dropout is { } dropout ? new DropoutRows(dropout, number, done) : null,
            Continues = done > 0,
            MovesStatistics = true,
        };
    }

    private readonly record struct TrainingTask(
        EpochPlan Plan, int First, int End, RowResults Results, CancellationToken Cancellation);
}
