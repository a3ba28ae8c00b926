namespace Trainer.Doctor;

/// <summary>One thing that can be wrong with a run, and how it is told.</summary>
internal interface IRule
{
    /// <summary>Its name, which is also that of the configuration in <c>configs/doctor</c> that shows it.</summary>
    string Name { get; }

    /// <summary>What it looks at.</summary>
    string LooksAt { get; }

    /// <summary>The rules of which this one tells a mere consequence: where one of them found something, this finding is
    /// mentioned and no more.</summary>
    IReadOnlyList<string> ConsequenceOf { get; }

    /// <summary>What is wrong with <paramref name="run"/>; null where nothing is, or nothing can be seen.</summary>
    Finding? Examine(RecordedRun run);
}
