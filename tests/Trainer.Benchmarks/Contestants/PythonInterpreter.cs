using System.ComponentModel;
using System.Diagnostics;
using Trainer.Failures;

namespace Trainer.Benchmarks.Contestants;

/// <summary>Finds the Python that has most of the peers.</summary>
internal static class PythonInterpreter
{
    private const string Usual = "python3";

    // The one of the operating system has the packages of the operating system, whatever else comes first in PATH.
    private const string OfTheSystem = "/usr/bin/python3";

    private const string Probe =
        "import importlib.util as u; print(sum(u.find_spec(name) is not None for name in ('torch', 'numpy', 'sklearn')))";

    /// <summary>The interpreter that was asked for, else the one of the usual places that knows most libraries; null where
    /// none starts.</summary>
    public static string? Find(string? asked) => asked is null
        ? new[] { Usual, OfTheSystem }.Select(program => (Program: program, Known: Libraries(program)))
            .Where(found => found.Known >= 0).OrderByDescending(found => found.Known).FirstOrDefault().Program
        : Libraries(asked) >= 0
            ? asked
            : throw new ConfigException($"--python: {asked} does not start as a Python interpreter; name another, or leave it out");

    /// <summary>How many of the peers' libraries it has; -1 for none at all that starts.</summary>
    private static int Libraries(string program)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, ["-c", Probe])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            return int.TryParse(process.StandardOutput.ReadToEnd(), out int count) ? count : -1;
        }
        catch (Win32Exception)
        {
            return -1;
        }
    }
}
