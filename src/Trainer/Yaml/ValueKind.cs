namespace Trainer.Yaml;

/// <summary>What a configuration value can be.</summary>
internal enum ValueKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A whole number of 32 bits with sign.</summary>
    Integer,

    /// <summary>A whole number of 64 bits without sign (a seed).</summary>
    Unsigned,

    /// <summary>A number in binary64.</summary>
    Number,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>One of an enumeration's members, in kebab-case.</summary>
    Choice,

    /// <summary>A list of whole numbers.</summary>
    IntegerList,

    /// <summary>A list of numbers.</summary>
    NumberList,

    /// <summary>A list of kinds of an abstract record.</summary>
    VariantList,

    /// <summary>A mapping with the keys of one record.</summary>
    Record,

    /// <summary>One kind of an abstract record: a name, or a mapping with <c>name</c> and the kind's own keys.</summary>
    Variant,
}
