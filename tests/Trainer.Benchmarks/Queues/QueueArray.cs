namespace Trainer.Benchmarks.Queues;

/// <summary>An array in the queue.</summary>
/// <param name="number">Among all arrays, from 0.</param>
/// <param name="tasks">Its tasks.</param>
/// <param name="most">How many of them may run at once.</param>
internal sealed class QueueArray(int number, IReadOnlyList<QueueTask> tasks, int most)
{
    private readonly Queue<(QueueTask Task, long Number)> _waiting = new();
    private int _running;
    private int _open = tasks.Count;

    /// <summary>Among all arrays, from 0.</summary>
    public int Number { get; } = number;

    /// <summary>Its tasks.</summary>
    public IReadOnlyList<QueueTask> Tasks { get; } = tasks;

    /// <summary>Whether a task of it waits, and may run.</summary>
    public bool HasRoom => _waiting.Count > 0 && _running < most;

    /// <summary>When the first that waits came, as a number that grows.</summary>
    public long Next => _waiting.Peek().Number;

    /// <summary>Whether all its tasks have ended for good.</summary>
    public bool IsOver => _open == 0;

    /// <summary>A task comes, or comes back.</summary>
    public void Wait(QueueTask task, long number) => _waiting.Enqueue((task, number));

    /// <summary>The first that waits runs.</summary>
    public QueueTask Start()
    {
        _running++;
        return _waiting.Dequeue().Task;
    }

    /// <summary>A task runs no more.</summary>
    public void Leave(QueueTask task)
    {
        _running--;
        _open -= task.HasEnded ? 1 : 0;
    }
}
