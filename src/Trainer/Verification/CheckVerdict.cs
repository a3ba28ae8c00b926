namespace Trainer.Verification;

/// <summary>What a check came to.</summary>
internal enum CheckVerdict
{
    /// <summary>What was recorded is what was computed.</summary>
    Equal,

    /// <summary>It is not.</summary>
    Differs,

    /// <summary>A file that is needed cannot be read.</summary>
    Unreadable,

    /// <summary>Something that is needed is not at hand; nothing is known either way.</summary>
    NotChecked,
}
