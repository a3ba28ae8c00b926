using Trainer.Configuration;

namespace Trainer.Yaml;

/// <summary>What one value has to be: its kind, its type in code, and whether it may be null.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Type">The type, without the wrapper of a nullable one.</param>
/// <param name="IsNullable">Whether <c>null</c> is a value.</param>
internal sealed record ValueShape(ValueKind Kind, Type Type, bool IsNullable)
{
    /// <summary>The shape of a property's type.</summary>
    /// <param name="declared">The declared type, perhaps a <see cref="Nullable{T}"/>.</param>
    /// <param name="isNullable">Whether null is allowed.</param>
    /// <exception cref="InvalidOperationException">A type that no configuration holds.</exception>
    public static ValueShape Of(Type declared, bool isNullable)
    {
        Type type = Nullable.GetUnderlyingType(declared) ?? declared;
        ValueKind kind = type switch
        {
            _ when type == typeof(string) => ValueKind.Text,
            _ when type == typeof(int) => ValueKind.Integer,
            _ when type == typeof(ulong) => ValueKind.Unsigned,
            _ when type == typeof(double) => ValueKind.Number,
            _ when type == typeof(bool) => ValueKind.Flag,
            _ when type == typeof(IReadOnlyList<int>) => ValueKind.IntegerList,
            _ when type == typeof(IReadOnlyList<double>) => ValueKind.NumberList,
            _ when ElementOf(type) is { IsAbstract: true } => ValueKind.VariantList,
            { IsEnum: true } => ValueKind.Choice,
            { IsClass: true, IsAbstract: true } => ValueKind.Variant,
            { IsClass: true, IsSealed: true } when type.GetConstructor(Type.EmptyTypes) is not null => ValueKind.Record,
            _ => throw new InvalidOperationException($"{type.Name} cannot be a configuration value"),
        };
        return new ValueShape(kind, type, isNullable);
    }

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    /// <summary>Whether it is a single word, number or text.</summary>
    public bool IsScalar => Kind is ValueKind.Text or ValueKind.Integer or ValueKind.Unsigned or ValueKind.Number
        or ValueKind.Flag or ValueKind.Choice;

    /// <summary>The shape of a list's elements.</summary>
    public ValueShape Element => Kind switch
    {
        ValueKind.IntegerList => new ValueShape(ValueKind.Integer, typeof(int), false),
        ValueKind.NumberList => new ValueShape(ValueKind.Number, typeof(double), false),
        _ => new ValueShape(ValueKind.Variant, ElementOf(Type)!, false),
    };

    /// <summary>The names an enumeration's members or a variant's kinds go by.</summary>
    public IReadOnlyList<string> Names => Kind == ValueKind.Variant
        ? Registry.Of(Type).Names
        : [.. Enum.GetNames(Type).Select(name => KeyName.Choice(Type, name))];

    /// <summary>What to write, for messages and tables: "a number", "a list of whole numbers".</summary>
    public string Described => Kind switch
    {
        ValueKind.Text => "text",
        ValueKind.Integer or ValueKind.Unsigned => "a whole number",
        ValueKind.Number => "a number",
        ValueKind.Flag => "true or false",
        ValueKind.IntegerList => "a list of whole numbers",
        ValueKind.NumberList => "a list of numbers",
        ValueKind.VariantList => $"a list of: {string.Join(", ", Element.Names)}",
        ValueKind.Record => "a mapping",
        _ => $"one of: {string.Join(", ", Names)}",
    };
}
