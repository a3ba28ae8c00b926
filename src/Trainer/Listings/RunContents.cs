using System.Text.RegularExpressions;
using Trainer.Catalogs;
using Trainer.Results;

namespace Trainer.Listings;

/// <summary>What lies in a run's folder, told apart: files and folders that runs write, and all else.</summary>
/// <param name="Files">Files of ours, and links in the place of one, relative to the folder with '/'.</param>
/// <param name="Folders">Folders of ours, the inner ones first.</param>
/// <param name="Foreign">What no run writes.</param>
/// <param name="Bytes">The size of the files of ours.</param>
internal sealed partial record RunContents(IReadOnlyList<string> Files, IReadOnlyList<string> Folders, IReadOnlyList<string> Foreign, long Bytes)
{
    /// <summary>Looks through <paramref name="folder"/>, into no link and into no folder that is not ours.</summary>
    public static RunContents Of(RunFolder folder)
    {
        List<string> files = [], folders = [], foreign = [];
        long bytes = 0;
        Look("");
        folders.Reverse();
        foreign.Sort(StringComparer.Ordinal);
        return new RunContents(files, folders, foreign, bytes);

        void Look(string place)
        {
            foreach (FileSystemInfo entry in new DirectoryInfo(Path.Combine(folder.Path, place)).EnumerateFileSystemInfos())
            {
                string name = place + entry.Name;
                bool isLink = RunPaths.IsLink(entry);
                if (entry is DirectoryInfo && !isLink)
                {
                    if (OurFolder().IsMatch(name))
                    {
                        folders.Add(name);
                        Look(name + "/");
                    }
                    else
                    {
                        foreign.Add(name);
                    }
                }
                else if (OurFile().IsMatch(name) || (isLink && OurFolder().IsMatch(name)))
                {
                    files.Add(name);
                    bytes += isLink || entry is not FileInfo file ? 0 : file.Length;
                }
                else
                {
                    foreign.Add(name);
                }
            }
        }
    }

    // 'trainer plot' and 'trainer eval' draw in three formats; ".metrics.csv.0123.tmp" was being written when a process was killed.
    [GeneratedRegex("""
        \A(?:
          \.lock | SHA256SUMS | config\.yaml | (?:manifest|status|summary|lease)\.json | (?:metrics|digests|timing|line_search)\.csv | curves\.(?:svg|png|pdf)
        | checkpoints/(?:(?:last|best|initial)\.safetensors | state-[0-9]+-[0-9]+\.(?:safetensors|json))
        | trace/(?:(?:initial|gradient)\.safetensors | steps\.csv)
        | diagnostics/(?:(?:layers|network)\.csv | [a-z_-]+\.(?:svg|png|pdf))
        | tensorboard/events\.out\.tfevents\.0\.trainer
        | eval/(?:(?:train|validation|test)-(?:last|best)/)?(?:(?:confusion|classes|predictions)\.csv | (?:confusion|mistakes)\.(?:svg|png|pdf))
        | (?:.+/)?\.[^/]+\.tmp
        )\z
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex OurFile();

    [GeneratedRegex(@"\A(?:checkpoints|trace|diagnostics|tensorboard|eval(?:/(?:train|validation|test)-(?:last|best))?)\z")]
    private static partial Regex OurFolder();
}
