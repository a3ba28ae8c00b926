using System.Runtime.CompilerServices;
using Trainer.Engines.Gpu;
using Trainer.Engines.Gpu.Cuda;
using Trainer.Engines.Gpu.Drivers;
using Trainer.Failures;

namespace Trainer.Tests.Engines.Gpu.Cuda;

/// <summary>What a process of its own does with the driver library that it finds: one scene, which prints what came of it.</summary>
internal static class CudaChild
{
    /// <summary>The word of the command line that asks for a scene.</summary>
    public const string Command = "cuda";

    /// <summary>Says the name of a device, whether it can be used, and opens it.</summary>
    public const string Open = "open";

    /// <summary><see cref="CudaWork"/>.</summary>
    public const string Work = "work";

    /// <summary>The same with the failures that standard input tells: "function=code", one a line.</summary>
    public const string Failures = "failures";

    /// <summary>A kernel writes outside of its memory.</summary>
    public const string LostCard = "lost-card";

    /// <summary>Memory that is not there, and calls that ask for what is not.</summary>
    public const string Refusals = "refusals";

    /// <summary>Several queues, threads, and orders of disposal.</summary>
    public const string Together = "together";

    /// <summary>Everything is left to the finalisers.</summary>
    public const string Forgotten = "forgotten";

    /// <summary><see cref="CudaTraining"/>.</summary>
    public const string Training = "training";

    /// <summary><see cref="CudaTraining.WithoutRaces"/>.</summary>
    public const string Races = "races";

    /// <summary>Plays a scene as the program would: a failure is one line on standard error and its status.</summary>
    public static int Play(string scene)
    {
        try
        {
            Scene(scene)();
            return 0;
        }
        catch (TrainerException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return (int)failure.ExitCode;
        }
    }

    private static Action Scene(string scene) => scene switch
    {
        Open => OpenFirst,
        Work => CudaWork.Whole,
        Failures => FailEverywhere,
        LostCard => LoseCard,
        Refusals => Refuse,
        Training => CudaTraining.Whole,
        Races => CudaTraining.WithoutRaces,
        Together => WorkTogether,
        Forgotten => Forget,
        _ => throw new ArgumentException(scene),
    };

    private static void OpenFirst()
    {
        var driver = new CudaDriver();
        foreach (GpuDeviceInfo device in driver.Devices())
        {
            Console.WriteLine(device);
        }
        using IGpuQueue queue = driver.Open(0, SmallProgram.Whole);
        Console.WriteLine($"{queue.Description}, {queue.Multiprocessors} multiprocessors");
    }

    private static void FailEverywhere()
    {
        while (Console.ReadLine() is { } failure)
        {
            FakeSwitch.Set(FakeSwitch.Fail, failure);
            Say(failure, CudaWork.Whole);
        }
    }

    private static void LoseCard()
    {
        IGpuQueue queue = new CudaDriver().Open(0, SmallProgram.Whole);
        GpuBuffer numbers = queue.Allocate(sizeof(int) * CudaWork.Count);
        // A group too many, and a count that lets it pass.
        GpuLaunch beyond = queue.Prepare(SmallProgram.Kernel, new LaunchSize(1000, 1, 1, 64), numbers, 64_000, 1);
        GpuSequence sequence = queue.Record([beyond]);
        GpuMark mark = queue.Mark();
        Say("launch", () =>
        {
            queue.Enqueue(sequence);
            CudaWork.Read(queue, numbers, CudaWork.Count);
        });
        Say("read", () => CudaWork.Read(queue, numbers, CudaWork.Count));
        Say("allocate", () => queue.Allocate(4));
        Say("mark", () => queue.Mark());
        Say("dispose", () =>
        {
            mark.Dispose();
            sequence.Dispose();
            beyond.Dispose();
            numbers.Dispose();
            queue.Dispose();
        });
    }

    private static void Refuse()
    {
        var driver = new CudaDriver();
        using IGpuQueue queue = driver.Open(0, SmallProgram.Whole);
        Say("memory", () => queue.Allocate(1L << 50));
        Say("kernel", () => queue.Prepare("subtract", new LaunchSize(1, 1, 1, 1)));
        Say("device", () => driver.Open(7, SmallProgram.Whole));
        Say("capability", () => driver.Open(0, SmallProgram.With(SmallProgram.Target, "sm_120")));
        Say("version", () => driver.Open(0, SmallProgram.With("7.1", "99.9")));
        Say("instruction", () => driver.Open(0, SmallProgram.With("mad.lo.s32", "muddle.s32")));
        CudaWork.Steps(queue);
    }

    private static void WorkTogether()
    {
        var driver = new CudaDriver();
        using IGpuQueue first = driver.Open(0, SmallProgram.Whole);
        IGpuQueue second = driver.Open(0, SmallProgram.Whole);
        CudaWork.Steps(first);
        CudaWork.Steps(second);
        OnNewThread(() => CudaWork.Steps(first));
        OnNewThread(() => CudaWork.Staging(second), () => CudaWork.Staging(first));
        GpuBuffer outlives = second.Allocate(4);
        second.Dispose();
        second.Dispose();
        Assert.Throws<ObjectDisposedException>(() => second.Allocate(4));
        OnNewThread(outlives.Dispose);
        outlives.Dispose();
        CudaWork.Steps(first);
        // The context of the last queue goes and comes again, on a thread that was in it.
        first.Dispose();
        CudaWork.Whole();
    }

    private static void Forget()
    {
        Leave();
        // What was left is found by the first collection and finalised; nothing of it is on this method's stack.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        CudaWork.Whole();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Leave()
    {
        IGpuQueue queue = new CudaDriver().Open(0, SmallProgram.Whole);
        CudaWork.Steps(queue);
        CudaWork.Staging(queue);
        GpuBuffer numbers = queue.Allocate(sizeof(int) * CudaWork.Count);
        GpuLaunch add = queue.Prepare(SmallProgram.Kernel, new LaunchSize(2, 1, 1, 64), numbers, CudaWork.Count, 1);
        queue.Enqueue(queue.Record([add]));
        queue.Mark();
    }

    private static void OnNewThread(params Action[] actions)
    {
        // A task hands a failure on, where a thread would end the process.
        Task[] tasks = [.. actions.Select(action => Task.Factory.StartNew(
            action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        Task.WhenAll(tasks).GetAwaiter().GetResult();
    }

    private static void Say(string name, Action action)
    {
        string outcome = "ok";
        try
        {
            action();
        }
        catch (DeviceException failure)
        {
            outcome = failure.Message;
        }
        Console.WriteLine($"{name}: {outcome}");
    }
}
