using Trainer.Tests.Commands;

namespace Trainer.Tests.Processes;

/// <summary>
/// What the tests' assembly does as a program of its own: the whole trainer on its small embedded set, once for each line
/// of standard input, whose words are separated by tabs. Vectors are switched off for a process and not within one.
/// </summary>
internal static class ChildProgram
{
    /// <summary>Separates the words of a command.</summary>
    public const char Separator = '\t';

    /// <summary>Training images of the small set: no whole number of batches of any usual size.</summary>
    public const int TrainCount = 211;

    /// <summary>Test images.</summary>
    public const int TestCount = 89;

    /// <summary>Says what the runtime finds, then carries out the commands up to the first that fails.</summary>
    /// <returns>The status of the last.</returns>
    public static async Task<int> Main()
    {
        Console.WriteLine(RuntimeVectors.OfThisProcess());
        using var trial = new ProgramTrial(TrainCount, TestCount);
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
