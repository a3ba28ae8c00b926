using Trainer.Failures;
using Trainer.Fuzz.Parsers;

namespace Trainer.Fuzz;

/// <summary>Tries inputs on a parser, in a folder of its own.</summary>
internal sealed class Trial : IDisposable
{
    /// <summary>The processor time beyond which an input is a finding.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private const int LongestMessage = 2500;
    private readonly FuzzedParser _parser;
    private readonly string _folder;

    /// <summary>A trial of a parser.</summary>
    public Trial(FuzzedParser parser)
    {
        _parser = parser;
        // In memory where that is offered: 100,000 small files a minute are no work for a disk.
        const string memory = "/dev/shm";
        string root = OperatingSystem.IsLinux() && Directory.Exists(memory) ? memory : Path.GetTempPath();
        _folder = Path.Combine(root, $"trainer-fuzz-{Environment.ProcessId}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(_folder);
        parser.Prepare(_folder);
    }

    /// <summary>Where the input lies that is being tried; it stays there if the process dies of it.</summary>
    public string InputPath => Path.Combine(_folder, _parser.FileName);

    /// <summary>How many readings have given something.</summary>
    public long Accepted { get; private set; }

    /// <summary>How many readings have ended in a refusal.</summary>
    public long Refused { get; private set; }

    /// <summary>What is wrong with how the parser takes an input; null where nothing is.</summary>
    /// <param name="input">The input.</param>
    /// <param name="processorTime">What it took.</param>
    public string? Try(byte[] input, out TimeSpan processorTime)
    {
        File.WriteAllBytes(InputPath, input);
        TimeSpan start = Environment.CpuUsage.TotalTime;
        string? problem = null;
        foreach (Action reading in _parser.Readings(InputPath))
        {
            problem ??= Problem(reading);
        }
        processorTime = Environment.CpuUsage.TotalTime - start;
        return problem ?? (processorTime > Patience ? $"took {processorTime.TotalSeconds:0.0} s of processor time" : null);
    }

    private string? Problem(Action reading)
    {
        try
        {
            reading();
            Accepted++;
            return null;
        }
        catch (TrainerException refusal)
        {
            Refused++;
            return !_parser.IsRefusal(refusal) ? $"{refusal.GetType().Name} is not how this parser refuses: {refusal.Message}"
                : refusal.Message.Length is 0 or > LongestMessage || refusal.Message.Any(char.IsControl) ? $"its refusal is no short line: {refusal.Message}"
                : !refusal.Message.StartsWith(_folder, StringComparison.Ordinal) ? $"its refusal does not begin with the file's name: {refusal.Message}"
                : null;
        }
        // Whatever it is, it should not have come out.
        catch (Exception defect)
        {
            return $"{defect.GetType().Name}: {defect.Message}{Environment.NewLine}{defect.StackTrace}";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
