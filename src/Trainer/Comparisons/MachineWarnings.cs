using Trainer.Results;

namespace Trainer.Comparisons;

/// <summary>Why the seconds of some runs do not compare: other machines, other engines, or runs that shared a machine.</summary>
internal static class MachineWarnings
{
    private const int MostNamed = 2;

    /// <summary>The warnings about <paramref name="groups"/>, a line each.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<ComparedGroup> groups)
    {
        RecordedMachine[] machines = [.. groups.SelectMany(group => group.Counted).AsParallel().AsOrdered()
            .Select(run => RecordedMachine.TryRead(run.Folder)).OfType<RecordedMachine>()];
        string[] kinds = [.. machines.Select(machine => $"{machine.Processor}, {machine.Cores} cores, {machine.Engine}").Distinct().Order(StringComparer.Ordinal)];
        if (kinds.Length > 1)
        {
            yield return $"seconds do not compare: runs were made on {NameList.Of(kinds.Select(kind => $"({kind})"), MostNamed, " and ")}";
        }
        if (machines.GroupBy(machine => (machine.Processor, machine.Cores)).Any(Overlap))
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
