using Trainer.Randomness;

namespace Trainer.Benchmarks.Queues;

/// <summary>
/// What becomes of a sweep in a queue, event by event: tasks are submitted as arrays, started by the scheduler's passes, run, are
/// stopped, go back, end. Deterministic: times are whole milliseconds, chance is Philox by seed, task and start.
/// </summary>
/// <remarks>
/// Other people's jobs show in <see cref="QueueSite.Slots"/> alone, which stay the same all the time. Every task is as good as any other to
/// the scheduler: first come, first served; one that was put back stands behind those that wait. Arrays share the limit on how many tasks
/// run at once; where there are more arrays than tasks that may, an array waits for one before it to end.
/// </remarks>
internal sealed class QueueSimulation
{
    private const double MillisecondsPerHour = 3_600_000;

    // No run draws from this stream.
    private const RandomStream Chance = (RandomStream)1000;
    private const uint OfDurations = 0;
    private const int MostStarts = 100_000;

    private readonly QueueScenario _scenario;
    private readonly QueueSite _site;
    private readonly PriorityQueue<(Happening What, QueueTask? Task), (long Time, Happening What, long Number)> _events = new();
    private readonly List<QueueArray> _arrays;
    private readonly int _lanes;
    private long _now;
    private long _eventsMade;
    private long _lastQuick = long.MinValue / 2;
    private bool _isQuickComing;
    private long _queued;
    private int _running;
    private int _open;

    private long _starts;
    private long _requeues;
    private long _stops;
    private long _paid;
    private long _startUp;
    private long _useful;
    private long _repeated;
    private long _mostRepeated;
    private long _waits;
    private long _longestWait;
    private int _unfinished;

    private QueueSimulation(QueueScenario scenario, QueueSite site)
    {
        _scenario = scenario;
        _site = site;
        QueueTask[][] tasks = [.. Tasks(scenario, site).Chunk(site.LargestArray)];
        _lanes = Math.Min(tasks.Length, scenario.Parallel ?? tasks.Length);
        _arrays = [.. tasks.Select((array, number) => new QueueArray(number, array, Share(number % _lanes)))];
        _open = scenario.Tasks;
    }

    // In this order where they come at the same time: a pass sees the room that those have left who have just ended.
    private enum Happening
    {
        End,
        Return,
        QuickPass,
        BackfillPass,
        FullPass,
    }

    /// <summary>Runs a scenario to its end.</summary>
    /// <exception cref="ArgumentException">It would never end: the time limit leaves no time to train, or stops do not.</exception>
    public static QueueOutcome Of(QueueScenario scenario, QueueSite site)
    {
        if (scenario.TimeLimit is { } limit && limit - scenario.SignalTime - site.SignalEarly <= scenario.StartUp)
        {
            throw new ArgumentException("the time limit leaves no time to train");
        }
        return new QueueSimulation(scenario, site).Run();
    }

    private static IEnumerable<QueueTask> Tasks(QueueScenario scenario, QueueSite site)
    {
        var durations = new Philox(scenario.Seed, Chance, OfDurations);
        for (int task = 0; task < scenario.Tasks; task++)
        {
            int first = task * scenario.CellsPerTask;
            int count = Math.Min(scenario.CellsPerTask, scenario.Cells - first);
            long[] epochTimes = [.. Enumerable.Range(first, count).Select(cell =>
            {
                double factor = 1 + (scenario.Spread * ((2 * durations.OpenUniform((ulong)cell)) - 1));
                return Math.Max(1, (long)Math.Round(scenario.CellTime * factor / scenario.Epochs));
            })];
            yield return new QueueTask(task, task / site.LargestArray, epochTimes, scenario.Epochs, scenario.CheckpointEpochs);
        }
    }

    /// <summary>How many tasks at a time an array may run.</summary>
    private int Share(int lane) => _scenario.Parallel is not { } parallel
        ? int.MaxValue
        : (parallel / _lanes) + (lane < parallel % _lanes ? 1 : 0);

    private QueueOutcome Run()
    {
        _arrays.Take(_lanes).ToList().ForEach(Submit);
        Expect(_site.BackfillInterval, Happening.BackfillPass);
        Expect(_site.FullInterval, Happening.FullPass);
        while (_open > 0)
        {
            if (!_events.TryDequeue(out (Happening What, QueueTask? Task) next, out (long Time, Happening, long) key))
            {
                throw new InvalidOperationException("tasks are open and nothing is to come");
            }
            _now = key.Time;
            Happen(next.What, next.Task);
        }
        return new QueueOutcome
        {
            Makespan = _now,
            Arrays = _arrays.Count,
            Starts = _starts,
            Requeues = _requeues,
            Stops = _stops,
            Paid = _paid * _scenario.Cores,
            Useful = _useful * _scenario.Cores,
            StartUp = _startUp * _scenario.Cores,
            Repeated = _repeated * _scenario.Cores,
            MostRepeated = _mostRepeated,
            MeanWait = _waits / _scenario.Tasks,
            LongestWait = _longestWait,
            Unfinished = _unfinished,
        };
    }

    private void Happen(Happening what, QueueTask? task)
    {
        switch (what)
        {
            case Happening.End:
                End(task!);
                AskForPass();
                break;
            case Happening.Return:
                _arrays[task!.Array].Wait(task, _queued++);
                AskForPass();
                break;
            case Happening.QuickPass:
                _isQuickComing = false;
                _lastQuick = _now;
                Pass(_site.QuickDepth);
                break;
            case Happening.BackfillPass:
                Pass(_site.BackfillDepth);
                Expect(_now + _site.BackfillInterval, what);
                break;
            case Happening.FullPass:
                Pass(int.MaxValue);
                Expect(_now + _site.FullInterval, what);
                break;
        }
    }

    private void Submit(QueueArray array)
    {
        foreach (QueueTask task in array.Tasks)
        {
            array.Wait(task, _queued++);
        }
        AskForPass();
    }

    private void Expect(long time, Happening what, QueueTask? task = null) => _events.Enqueue((what, task), (time, what, _eventsMade++));

    private void AskForPass()
    {
        if (!_isQuickComing)
        {
            _isQuickComing = true;
            Expect(Math.Max(_now + _site.Delay, _lastQuick + _site.QuickInterval), Happening.QuickPass);
        }
    }

    private void Pass(int depth)
    {
        for (int started = 0; started < depth && _running < _site.Slots; started++)
        {
            if (_arrays.Where(array => array.HasRoom).MinBy(array => array.Next) is not { } first)
            {
                return;
            }
            Start(first.Start());
        }
    }

    private void Start(QueueTask task)
    {
        Count(task);
        long whole = _scenario.StartUp + task.Work - task.Kept;
        long signal = _scenario.TimeLimit - _scenario.SignalTime - _site.SignalEarly ?? long.MaxValue;
        long stop = Stop(task);
        long time = Math.Min(whole, Math.Min(signal, stop));
        long training = Math.Max(0, time - _scenario.StartUp);
        _paid += time;
        _startUp += time - training;
        bool isLast = time == whole;
        if (!isLast && time < signal)
        {
            _stops++;
            Leave(task, training);
        }
        else
        {
            task.Keep(training);
            _useful += training;
            isLast = isLast || task.Starts > _scenario.Requeues;
            _requeues += isLast ? 0 : 1;
        }
        task.HasEnded = isLast;
        Expect(_now + time, Happening.End, task);
    }

    private void Count(QueueTask task)
    {
        _running++;
        _starts++;
        if (task.Starts++ == 0)
        {
            _waits += _now;
            _longestWait = Math.Max(_longestWait, _now);
        }
        if (task.Starts > MostStarts)
        {
            throw new ArgumentException("a task is stopped again and again before it gets on");
        }
    }

    /// <summary>A task is stopped by somebody else.</summary>
    private void Leave(QueueTask task, long training)
    {
        long lost = 0;
        if (_scenario.IsAnnounced)
        {
            task.Keep(training);
        }
        else
        {
            lost = task.Lose(training);
        }
        _useful += training - lost;
        _repeated += lost;
        _mostRepeated = Math.Max(_mostRepeated, lost);
    }

    /// <summary>When after its start a task is stopped: times between stops are exponential.</summary>
    private long Stop(QueueTask task) => _scenario.StopsPerHour <= 0
        ? long.MaxValue
        : (long)(-Math.Log(new Philox(_scenario.Seed, Chance, (uint)task.Number + 1).OpenUniform((ulong)task.Starts))
            / _scenario.StopsPerHour * MillisecondsPerHour);

    private void End(QueueTask task)
    {
        _running--;
        QueueArray array = _arrays[task.Array];
        array.Leave(task);
        if (!task.HasEnded)
        {
            Expect(_now + _site.RequeueWait, Happening.Return, task);
            return;
        }
        _open--;
        _unfinished += task.Unfinished;
        if (array.IsOver && array.Number + _lanes < _arrays.Count)
        {
            Submit(_arrays[array.Number + _lanes]);
        }
    }
}
