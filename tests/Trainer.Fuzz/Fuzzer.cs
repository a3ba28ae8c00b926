using System.Diagnostics;
using System.Globalization;
using Trainer.Fuzz.Inputs;

namespace Trainer.Fuzz;

/// <summary>Feeds a parser with the corpus, then with damaged and invented inputs until the time is up.</summary>
internal sealed class Fuzzer
{
    private const int MostFindings = 10;

    private readonly FuzzOptions _options;
    private readonly IReadOnlyList<(string Name, byte[] Bytes)> _corpus;
    private readonly HashSet<string> _kinds = new(StringComparer.Ordinal);
    private (TimeSpan Time, string Which, int Length) _slowest;
    private string _current = "";
    private string _currentPath = "";

    /// <summary>What is to be done.</summary>
    public Fuzzer(FuzzOptions options)
    {
        _options = options;
        _corpus = Corpus.Of(options.Parser.Name);
    }

    /// <summary>Tries inputs; true where there was no finding.</summary>
    public bool Run()
    {
        using var trial = new Trial(_options.Parser);
        using var watchdog = new Watchdog(End);
        _currentPath = trial.InputPath;
        Say($"seed {_options.Seed}; the input at hand lies in {trial.InputPath}");
        long tried = 0;
        long start = Stopwatch.GetTimestamp();
        foreach ((string name, byte[] bytes) in _corpus)
        {
            TryOne(trial, watchdog, tried++, $"corpus-{name}", bytes);
        }
        for (ulong number = 0; Stopwatch.GetElapsedTime(start).TotalSeconds < _options.Seconds && _kinds.Count < MostFindings; number++)
        {
            TryOne(trial, watchdog, tried++, string.Create(CultureInfo.InvariantCulture, $"{_options.Seed}-{number}"), Input(number));
        }
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Say($"{tried} inputs in {seconds:0} s ({tried / seconds:0} a second), {trial.Accepted} readings gave something and {trial.Refused} refused; "
            + $"peak memory {watchdog.PeakMemory >> 20} MB; slowest input {_slowest.Which} ({_slowest.Length} bytes), {_slowest.Time.TotalMilliseconds:0} ms of processor time; "
            + $"{_kinds.Count} findings");
        return _kinds.Count == 0;
    }

    /// <summary>The input of a number, whatever was tried before it.</summary>
    private byte[] Input(ulong number)
    {
        var random = new FuzzRandom(_options.Seed, number);
        byte[] bytes = random.OnceIn(3) || _corpus.Count == 0 ? _options.Parser.Generate(random) : _corpus[random.Below(_corpus.Count)].Bytes;
        byte[] other = _corpus.Count == 0 ? [] : _corpus[random.Below(_corpus.Count)].Bytes;
        byte[] damaged = random.OnceIn(4) ? bytes : Mutation.Of(bytes, other, _options.Parser.Words, random);
        return _options.Parser.Finished(damaged, random);
    }

    private void TryOne(Trial trial, Watchdog watchdog, long number, string which, byte[] input)
    {
        Volatile.Write(ref _current, which);
        watchdog.Next(number);
        string? problem = trial.Try(input, out TimeSpan time);
        if (time > _slowest.Time)
        {
            _slowest = (time, which, input.Length);
        }
        if (problem is not null)
        {
            Report(which, input, problem);
        }
    }

    /// <summary>Of findings that begin alike and come from the same place the first is enough.</summary>
    private void Report(string which, byte[] input, string problem)
    {
        string[] lines = problem.Split('\n', StringSplitOptions.TrimEntries);
        if (!_kinds.Add(lines[0].Split(':')[0] + (lines.Length > 1 ? lines[1] : "")))
        {
            return;
        }
        Directory.CreateDirectory(_options.Findings);
        string path = Path.Combine(_options.Findings, $"{_options.Parser.Name}-{which}");
        File.WriteAllBytes(path, input);
        Say($"FINDING, input {which} ({input.Length} bytes): {problem}{Environment.NewLine}  again: trainer-fuzz {_options.Parser.Name} --input {path}");
    }

    /// <summary>What the other thread saw, of the input that lies in the file.</summary>
    private void End(string problem)
    {
        Report(Volatile.Read(ref _current), File.ReadAllBytes(_currentPath), problem);
        Environment.Exit(1);
    }

    private void Say(string text) => Console.WriteLine($"{_options.Parser.Name}: {text}");
}
