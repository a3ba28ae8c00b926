using Trainer.Configuration;

namespace Trainer.Yaml;

/// <summary>An example of what to write for a key: its default, what is usual, or else a value that fits its type and limits.</summary>
internal static class KeyExample
{
    private static readonly double[] Numbers = [0.1, 1, 0.5];
    private static readonly double[] WholeNumbers = [10, 1, 2];

    /// <summary>"lr: 0.1".</summary>
    public static string Entry(ConfigKey key) => $"{key.Name}: {Value(key)}";

    /// <summary>"0.1", "[128, 64]", "{name: adam, lr: 0.1}".</summary>
    public static string Value(ConfigKey key) =>
        key.Default is { } value ? FlowText.Of(key.Shape, value)
        : key.Usual is { } usual ? FlowText.Number(usual)
        : Value(key.Shape, key.Bounds);

    /// <summary>What a kind of an abstract record needs at least: "relu" or "{name: adam, lr: 0.1}".</summary>
    public static string Variant(Type type)
    {
        ConfigShape shape = ConfigShape.Of(type);
        return shape.IsOptional ? Registry.NameOf(type) : Required(shape, $"{ConfigShape.NameKey}: {Registry.NameOf(type)}");
    }

    private static string Value(ValueShape shape, BoundsAttribute? bounds) => shape.Kind switch
    {
        ValueKind.Text => "my-text",
        ValueKind.Integer or ValueKind.Unsigned => Inside(WholeNumbers, bounds),
        ValueKind.Number => Inside(Numbers, bounds),
        ValueKind.Flag => "true",
        ValueKind.Choice => shape.Names[0],
        ValueKind.IntegerList or ValueKind.NumberList or ValueKind.VariantList => $"[{Value(shape.Element, bounds)}]",
        ValueKind.Variant => Variant(Registry.Of(shape.Type).Types[0]),
        _ => Required(ConfigShape.Of(shape.Type), null),
    };

    private static string Inside(double[] candidates, BoundsAttribute? bounds)
    {
        double? fit = candidates.Cast<double?>().FirstOrDefault(value => bounds?.Contains(value!.Value) ?? true);
        return FlowText.Number(fit ?? (bounds!.ExclusiveMinimum ? bounds.Maximum : bounds.Minimum));
    }

    private static string Required(ConfigShape shape, string? first)
    {
        IEnumerable<string> entries = shape.Keys.Where(key => key.IsRequired).Select(Entry);
        return $"{{{string.Join(", ", first is null ? entries : entries.Prepend(first))}}}";
    }
}
