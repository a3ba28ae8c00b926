using System.Globalization;
using System.Text.Json;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Storage;
using Trainer.Sweeps;

namespace Trainer.Clusters;

/// <summary>What a sweep that was submitted to a cluster keeps: <c>results/sweeps/&lt;name&gt;/cluster/</c>.</summary>
/// <param name="Sweep">The sweep.</param>
internal sealed record ClusterFolder(SweepFolder Sweep)
{
    private const string Extension = ".json";

    /// <summary>The folder.</summary>
    public string Path => System.IO.Path.Combine(Sweep.Path, "cluster");

    /// <summary>What was submitted.</summary>
    public string Plan => In("plan.json");

    /// <summary>The last answer of the queue.</summary>
    public string Queue => In("queue.json");

    /// <summary>Whether anything was submitted.</summary>
    public bool IsThere => File.Exists(Plan);

    private string Submissions => In("submissions");

    /// <summary>Where the cells lie of which <paramref name="first"/> is the first.</summary>
    public string Cells(int first) => In("cells", FormattableString.Invariant($"{first:D5}.jsonl"));

    /// <summary>The script of one array.</summary>
    public string Script(int submission, int part) => In("submissions", FormattableString.Invariant($"{submission}-{part}.sh"));

    /// <summary>Where the tasks of one array write what they print.</summary>
    public string Logs(int submission, int part) => In("logs", FormattableString.Invariant($"{submission}-{part}"));

    /// <summary>Why the last task of a cell ended, where its run does not say.</summary>
    public string Mark(int cell) => In("marks", FormattableString.Invariant($"{PlanFiles.FirstOfFile(cell):D5}"), FormattableString.Invariant($"{cell}.json"));

    /// <summary>Reads a file.</summary>
    /// <exception cref="RunFailedException">It is not there, cannot be read, or is none of ours.</exception>
    public static T Read<T>(string path)
        where T : class
    {
        string text;
        try
        {
            text = RecordedFile.ReadText(path, RecordedFile.LongestJson);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path}: cannot be read: {failure.Message}", failure);
        }
        return Parse<T>(text, path);
    }

    /// <summary>Reads the text of a file, or a line of it.</summary>
    /// <exception cref="RunFailedException">It is none of ours.</exception>
    public static T Parse<T>(string text, string path)
        where T : class
    {
        try
        {
            return JsonText.ParseWhole<T>(text) is { } value and not IClusterRecord { IsSound: false } ? value : throw new JsonException();
        }
        // Settings guard themselves.
        catch (Exception failure) when (failure is JsonException or ArgumentException or ConfigException)
        {
            throw new RunFailedException($"{path}: not the file that 'trainer sweep --launcher' wrote", failure);
        }
    }

    /// <summary>Reads a file; null where there is none that can be read.</summary>
    public static T? TryRead<T>(string path)
        where T : class
    {
        try
        {
            return File.Exists(path) ? Read<T>(path) : null;
        }
        catch (RunFailedException)
        {
            return null;
        }
    }

    /// <summary>A submission.</summary>
    /// <exception cref="RunFailedException">It cannot be read.</exception>
    public Submission Submission(int number) => Read<Submission>(PlaceOf(number));

    /// <summary>All submissions, the first one first.</summary>
    /// <exception cref="RunFailedException">One cannot be read.</exception>
    public List<Submission> AllSubmissions()
    {
        if (!Directory.Exists(Submissions))
        {
            return [];
        }
        var numbers = new List<int>();
        foreach (string file in Directory.EnumerateFiles(Submissions, "*" + Extension))
        {
            if (int.TryParse(System.IO.Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                numbers.Add(number);
            }
        }
        numbers.Sort();
        return numbers.ConvertAll(Submission);
    }

    /// <summary>Writes a submission, in the place of what it was.</summary>
    /// <exception cref="RunFailedException">It cannot be written.</exception>
    public void Keep(Submission submission) => AtomicFile.WriteText(PlaceOf(submission.Number), JsonText.File(submission));

    /// <summary>Where a submission lies.</summary>
    public string PlaceOf(int submission) => In("submissions", FormattableString.Invariant($"{submission}{Extension}"));

    private string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);
}
