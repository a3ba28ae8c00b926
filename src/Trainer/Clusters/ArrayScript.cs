using System.Globalization;
using System.Text;
using Trainer.Clusters.Slurm;
using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Clusters;

/// <summary>
/// The script that SLURM runs for every task of an array. It has nothing but options and one <c>exec</c>: without exec the shell
/// would stay in between and keep SLURM's signals to itself.
/// </summary>
internal static class ArrayScript
{
    /// <summary>The script's text.</summary>
    /// <exception cref="ConfigException">A value cannot be written in a script.</exception>
    public static string Text(ArrayJob job)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(job.Count);
        ArgumentOutOfRangeException.ThrowIfZero(job.Command.Count);
        var script = new StringBuilder("#!/bin/sh\n");
        foreach (string option in Options(job))
        {
            script.Append("#SBATCH ").Append(option).Append('\n');
        }
        return script.Append("exec").AppendJoin("", job.Command.Select((word, k) => ' ' + ShellWord(word, isProgram: k == 0))).Append('\n').ToString();
    }

    private static IEnumerable<string> Options(ArrayJob job)
    {
        ClusterSettings settings = job.Settings;
        yield return Option("job-name", JobName.Checked(job.Name));
        yield return Option("array", job.Parallel is { } parallel ? Number($"1-{job.Count}%{parallel}") : Number($"1-{job.Count}"));
        yield return Option("chdir", Folder("the working folder", job.WorkingFolder));
        yield return Option("output", LogPattern(job.LogFolder));
        yield return "--open-mode=append";
        yield return "--requeue";
        yield return Option("signal", Number($"B:USR1@{settings.SignalSeconds}"));
        (string Name, string? Value)[] asked =
        [
            ("partition", settings.Partition), ("account", settings.Account), ("time", settings.Time), ("mem", settings.Memory),
            ("cpus-per-task", settings.Cpus is { } cpus ? Number($"{cpus}") : null), ("gres", settings.Gres), ("constraint", settings.Constraint),
        ];
        foreach ((string name, string? value) in asked)
        {
            if (value is not null)
            {
                yield return Option(name, Writable($"--{name}", value));
            }
        }
        foreach (string argument in settings.SbatchArguments)
        {
            yield return OptionWord(Writable("--sbatch-arg", argument));
        }
    }

    /// <summary>Where each task's log goes: %A is the array's id, %a the index.</summary>
    private static string LogPattern(string folder)
    {
        // One backslash anywhere in the pattern and SLURM replaces nothing: all tasks would write one file.
        if (Folder("the folder of the logs", folder).Contains('\\'))
        {
            throw new ConfigException($"{Excerpt.OneLine(folder)}: SLURM cannot write logs into a folder with a backslash in its name; choose another --out");
        }
        return Path.Join(folder.Replace("%", "%%", StringComparison.Ordinal), "%A_%a.log");
    }

    private static string Folder(string what, string path) => Path.IsPathFullyQualified(path)
        ? Writable(what, path)
        : throw new ArgumentException($"{what} '{Excerpt.OneLine(path)}' is not absolute");

    private static string Option(string name, string value) =>
        IsPlain(value, "_./:=,+@%-") ? $"--{name}={value}" : $"--{name}={Quoted(value)}";

    private static string OptionWord(string word) => IsPlain(word, "_./:=,+@%-") ? word : Quoted(word);

    // sbatch reads a word as a shell does, but expands nothing in it; 22.05 gives back a folder with all of these in its name.
    private static string Quoted(string value) =>
        '"' + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + '"';

    // Between single quotes a shell sees nothing but the next single quote.
    private static string ShellWord(string word, bool isProgram) => !isProgram && IsPlain(word, "-")
        ? word
        : '\'' + Writable("the command", word).Replace("'", "'\\''", StringComparison.Ordinal) + '\'';

    private static bool IsPlain(string value, string alsoPlain) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || alsoPlain.Contains(c, StringComparison.Ordinal));

    /// <summary>Refuses what would end the line, or could not be written as UTF-8.</summary>
    private static string Writable(string what, string value)
    {
        bool isWritable = value.Length > 0 && !value.Any(char.IsControl) && value.IndexOfAny(['\u2028', '\u2029']) < 0;
        for (ReadOnlySpan<char> rest = value; isWritable && rest.Length > 0;)
        {
            isWritable = Rune.DecodeFromUtf16(rest, out _, out int length) == System.Buffers.OperationStatus.Done;
            rest = rest[length..];
        }
        return isWritable
            ? value
            : throw new ConfigException($"{what} '{Excerpt.OneLine(value)}' cannot be written in a script for sbatch: no empty text, line breaks or control characters");
    }

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
