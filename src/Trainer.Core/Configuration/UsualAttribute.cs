namespace Trainer.Configuration;

/// <summary>
/// The value that a required key of this kind usually gets, for examples in messages: no default, as the key must be given, but what
/// somebody who follows the example starts with. Without it an example has a number that suits most kinds.
/// </summary>
/// <param name="key">The name of the property.</param>
/// <param name="value">Its usual value.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class UsualAttribute(string key, double value) : Attribute
{
    /// <summary>The name of the property.</summary>
    public string Key { get; } = key;

    /// <summary>Its usual value.</summary>
    public double Value { get; } = value;
}
