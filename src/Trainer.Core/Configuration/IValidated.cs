namespace Trainer.Configuration;

/// <summary>
/// A configuration record with rules that tie several of its keys together; a rule about one value alone belongs in that
/// value's accessor. The reader asks once all keys are set, and only for records that the configuration writes out.
/// </summary>
public interface IValidated
{
    /// <summary>
    /// What does not fit, the most important first: the key as the configuration spells it (<c>batch_size</c>, or
    /// <c>data.validation</c> for one further down), and the problem with its mend, in words that follow "key: ".
    /// </summary>
    IEnumerable<(string Key, string Problem)> Problems();
}
