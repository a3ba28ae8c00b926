namespace Trainer.Benchmarks.Queues;

/// <summary>The files that a sweep on a cluster leaves on the shared disk.</summary>
/// <param name="Runs">In the folders of its runs.</param>
/// <param name="Sweep">In the sweep's own folder.</param>
/// <param name="Folders">Folders of both.</param>
/// <param name="LargestFolder">Entries of the fullest folder.</param>
internal sealed record SweepFiles(long Runs, long Sweep, long Folders, long LargestFolder)
{
    /// <summary>Files of a complete run, without pictures of the inside, events and the like; one of them is the lease of its task.</summary>
    public const int FilesOfARun = 12;

    /// <summary>A run's own folder and that of its weights.</summary>
    public const int FoldersOfARun = 2;

    /// <summary>Cells in one file of the plan.</summary>
    public const int CellsOfAFile = 100;

    // index.csv, sweep.yaml and .lock; plan.json and queue.json; one configuration and one submission.
    private const int OfTheSweep = 7;

    // The sweep's, configs, cluster, cells, submissions, logs, the program's.
    private const int FoldersOfTheSweep = 7;

    /// <summary>Of a sweep over one configuration.</summary>
    /// <param name="cells">Its cells; all runs lie in one folder, that of the configuration.</param>
    /// <param name="tasks">Tasks, each with a log.</param>
    /// <param name="arrays">Arrays, each with a script and a folder of logs.</param>
    /// <param name="program">Files of the program's copy.</param>
    public static SweepFiles Of(int cells, int tasks, int arrays, int program) => new(
        (long)FilesOfARun * cells,
        OfTheSweep + ((cells + CellsOfAFile - 1) / CellsOfAFile) + tasks + arrays + program,
        1 + ((long)FoldersOfARun * cells) + FoldersOfTheSweep + arrays,
        Math.Max(cells, (tasks + arrays - 1) / arrays));
}
