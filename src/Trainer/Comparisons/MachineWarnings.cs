using Trainer.Results;

namespace Trainer.Comparisons;

/// <summary>Why the seconds of some runs do not compare: other machines, other engines, or runs that shared a machine.</summary>
internal static class MachineWarnings
{
    /// <summary>The warnings about <paramref name="groups"/>, a line each.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<ComparedGroup> groups)
    {
        RecordedMachine[] machines = [.. groups.SelectMany(group => group.Counted).AsParallel().AsOrdered()
            .Select(run => RecordedMachine.TryRead(run.Folder)).OfType<RecordedMachine>()];
        string[] kinds = [.. machines.Select(machine => $"{machine.Processor}, {machine.Cores} cores, {machine.Engine}").Distinct().Order(StringComparer.Ordinal)];
        if (kinds.Length > 1)
        {
            string more = kinds.Length > 2 ? $" and {kinds.Length - 2} more" : "";
            yield return $"seconds do not compare: runs were made on {kinds[0]} and on {kinds[1]}{more}";
        }
        if (machines.GroupBy(machine => machine.Processor).Any(Overlap))
        {
            yield return "seconds do not compare: runs were made side by side";
        }
    }

    private static bool Overlap(IEnumerable<RecordedMachine> machines)
    {
        DateTimeOffset free = DateTimeOffset.MinValue;
        foreach (RecordedMachine machine in machines.Where(machine => machine is { Started: not null, Ended: not null }).OrderBy(machine => machine.Started))
        {
            if (machine.Started < free)
            {
                return true;
            }
            free = machine.Ended > free ? machine.Ended.Value : free;
        }
        return false;
    }
}
