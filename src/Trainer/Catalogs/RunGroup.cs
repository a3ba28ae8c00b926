using Trainer.Results;
using Trainer.Runs;

namespace Trainer.Catalogs;

/// <summary>Runs of one configuration on one data set that differ in their seed alone.</summary>
/// <param name="Label">What tells it from the other groups, in a few words.</param>
/// <param name="Experiment">Its configuration; the seed is that of the first run.</param>
/// <param name="Hash">Hash of the configuration.</param>
/// <param name="Data">The data set.</param>
/// <param name="Runs">The runs, by seed, each seed once.</param>
internal sealed record RunGroup(string Label, Experiment Experiment, string Hash, RecordedDataSet Data, IReadOnlyList<RunEntry> Runs);
