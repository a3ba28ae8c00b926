namespace Trainer.Fuzz.Parsers;

/// <summary>Something was read, and what was read is not so.</summary>
internal sealed class InconsistencyException(string message) : Exception(message)
{
    /// <summary>Throws where something does not hold.</summary>
    public static void ThrowUnless(bool holds, string message)
    {
        if (!holds)
        {
            throw new InconsistencyException(message);
        }
    }
}
