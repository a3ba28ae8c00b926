using Trainer.Devices;
using Trainer.Tests.Augmentations;
using Trainer.Tests.Commands;
using Trainer.Tests.Engines.Gpu.Cuda;
using Trainer.Tests.Storage;

namespace Trainer.Tests.Processes;

/// <summary>
/// What the tests' assembly does as a program of its own. Without arguments: the whole trainer on its small embedded set, once
/// for each line of standard input, whose words are separated by tabs, and with the devices that the process finds; vectors
/// are switched off for a process and not within one. With <see cref="CudaChild.Command"/> and a scene: that scene; a driver library is loaded once in a process.
/// With <see cref="DistortionDigests.Command"/>: what the runtime finds, and the bits of distorted images. With a command of
/// <see cref="LockChild"/>: that, beside others.
/// </summary>
internal static class ChildProgram
{
    /// <summary>Separates the words of a command.</summary>
    public const char Separator = '\t';

    /// <summary>Carries out every command, whatever became of those before, and answers each with its status and what it wrote to
    /// its error stream, or "already done", in a line.</summary>
    public const string AnswerCommand = "answer";

    /// <summary>Training images of the small set: no whole number of batches of any usual size.</summary>
    public const int TrainCount = 211;

    /// <summary>Test images.</summary>
    public const int TestCount = 89;

    /// <summary>Does what the arguments ask for.</summary>
    public static async Task<int> Main(string[] arguments) => arguments switch
    {
        [] => await TrainAsync(),
        [AnswerCommand] => await AnswerAsync(),
        [CudaChild.Command, var scene] => CudaChild.Play(scene),
        [DistortionDigests.Command] => PrintDistortions(),
        [LockChild.CompeteCommand or LockChild.HoldCommand, ..] => LockChild.Play(arguments),
        _ => throw new ArgumentException(string.Join(' ', arguments)),
    };

    private static int PrintDistortions()
    {
        Console.Write($"{RuntimeVectors.OfThisProcess()}\n{DistortionDigests.Text()}");
        return 0;
    }

    private static async Task<int> AnswerAsync()
    {
        using var trial = new ProgramTrial(TrainCount, TestCount) { Devices = DeviceAccess.OfThisProcess() };
        while (Console.ReadLine() is { } command)
        {
            ProgramOutcome outcome = await trial.RunAsync(command.Split(Separator));
            Console.WriteLine($"{outcome.Status}{Separator}{(outcome.Output.Contains(": already done") ? "already done" : outcome.Error.ReplaceLineEndings(" "))}");
        }
        return 0;
    }

    // Says what the runtime finds, then carries out the commands up to the first that fails; the status of the last.
    private static async Task<int> TrainAsync()
    {
        Console.WriteLine(RuntimeVectors.OfThisProcess());
        using var trial = new ProgramTrial(TrainCount, TestCount) { Devices = DeviceAccess.OfThisProcess() };
        while (Console.ReadLine() is { } command)
        {
            ProgramOutcome outcome = await trial.RunAsync(command.Split(Separator));
            if (outcome.Status != 0)
            {
                Console.Error.WriteLine($"{command}: {outcome.Error}");
                return outcome.Status;
            }
        }
        return 0;
    }
}
