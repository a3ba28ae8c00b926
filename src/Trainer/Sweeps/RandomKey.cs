using Trainer.Configuration;
using Trainer.Runs;
using Trainer.Yaml;

namespace Trainer.Sweeps;

/// <summary>A key that a random search draws.</summary>
/// <param name="Place">Where it is written.</param>
/// <param name="Key">The whole path: <c>optimizer.lr</c>.</param>
/// <param name="Distribution">What its values are drawn from.</param>
internal sealed record RandomKey(Place Place, string Key, Distribution Distribution)
{
    private readonly bool _isWhole = ShapesOf(Key).All(shape => shape.Kind is ValueKind.Integer or ValueKind.Unsigned) && ShapesOf(Key).Any();

    /// <summary>The value at <paramref name="u"/>, 0 &lt; u &lt; 1.</summary>
    public Setting Draw(double u) => new(Place, Key, Distribution.Draw(u, Place, _isWhole));

    /// <summary>What is wrong with drawing this key so; null where nothing is.</summary>
    public string? Problem()
    {
        if (Distribution.Ends.Count > 0
            && ShapesOf(Key).FirstOrDefault(shape => shape.Kind is not (ValueKind.Integer or ValueKind.Unsigned or ValueKind.Number)) is { } other)
        {
            return $"is {other.Described}, not a number; draw it by 'choice'";
        }
        foreach (double end in Distribution.Ends.Where(end => _isWhole && end != Math.Floor(end)))
        {
            return FormattableString.Invariant($"takes whole numbers only, and {end} is none; begin and end with one");
        }
        return null;
    }

    /// <summary>What a configuration can have at a path: one shape, or those of several kinds of a mapping on the way.</summary>
    private static IReadOnlyList<ValueShape> ShapesOf(string path)
    {
        IReadOnlyList<ValueShape> shapes = [ValueShape.Of(typeof(Experiment), false)];
        foreach (string part in path.Split('.'))
        {
            shapes = [.. shapes.SelectMany(Types).Select(type => ConfigShape.Of(type).Find(part)?.Shape).OfType<ValueShape>()];
        }
        return shapes;
    }

    private static IEnumerable<Type> Types(ValueShape shape) => shape.Kind switch
    {
        ValueKind.Record => [shape.Type],
        ValueKind.Variant => Registry.Of(shape.Type).Types,
        _ => [],
    };
}
