namespace Trainer.Doctor;

/// <summary>How much a finding matters.</summary>
internal enum Severity
{
    /// <summary>Good to know; the run may be what was wanted.</summary>
    Note,

    /// <summary>The run is not what it could be.</summary>
    Problem,
}
