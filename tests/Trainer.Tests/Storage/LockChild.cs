using System.Globalization;
using Trainer.Failures;
using Trainer.Results;

namespace Trainer.Tests.Storage;

/// <summary>Takes and leaves run folders, here or as a process of its own.</summary>
internal static class LockChild
{
    /// <summary>With a folder and a place beside it: <see cref="Compete"/>.</summary>
    public const string CompeteCommand = "compete-for-lock";

    /// <summary>With a folder: takes it, says so in a line, and keeps it until standard input ends.</summary>
    public const string HoldCommand = "hold-lock";

    /// <summary>How often a competitor takes the folder.</summary>
    public const int Turns = 100;

    /// <summary>
    /// Takes a folder <see cref="Turns"/> times, however often others have it. Whoever has it adds one to a number in a file elsewhere,
    /// reading and writing it as only one who is alone may, and leaves the folder, so that it is removed.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="beside">Another folder, for the number and for the sign that somebody is at it.</param>
    /// <returns>How often it was refused.</returns>
    /// <exception cref="IOException">Another had the folder at the same time.</exception>
    public static int Compete(string folder, string beside)
    {
        (string sign, string number) = (Path.Combine(beside, "sign"), Path.Combine(beside, "number"));
        int refused = 0;
        for (int turn = 0; turn < Turns;)
        {
            if (RunLock.TryTake(new RunFolder(folder)) is not { } held)
            {
                refused++;
                Thread.Sleep(Random.Shared.Next(2));
                continue;
            }
            new FileStream(sign, FileMode.CreateNew).Dispose();
            int count = File.Exists(number) ? int.Parse(File.ReadAllText(number), CultureInfo.InvariantCulture) : 0;
            File.WriteAllText(number, (count + 1).ToString(CultureInfo.InvariantCulture));
            File.Delete(sign);
            // Two of three times nothing is left: that is when others may hold what is no longer there.
            if (turn++ % 3 == 0)
            {
                held.Dispose();
            }
            else
            {
                held.Leave();
            }
        }
        return refused;
    }

    /// <summary>Plays what the arguments name.</summary>
    public static int Play(string[] arguments)
    {
        try
        {
            switch (arguments)
            {
                case [CompeteCommand, var folder, var beside]:
                    Compete(folder, beside);
                    return 0;
                case [HoldCommand, var folder]:
                    using (new RunLock(folder))
                    {
                        Console.WriteLine("held");
                        Console.ReadLine();
                    }
                    return 0;
                default:
                    throw new ArgumentException(string.Join(' ', arguments));
            }
        }
        catch (Exception failure) when (failure is IOException or TrainerException)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
    }
}
