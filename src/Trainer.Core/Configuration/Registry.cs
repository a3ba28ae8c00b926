using System.Collections.Concurrent;
using System.Reflection;

namespace Trainer.Configuration;

/// <summary>
/// The kinds of one abstract configuration record: every concrete record below it in its own assembly, by its
/// <see cref="ConfigNameAttribute"/>. The reader, the writer, the schema, the help text and the tests all enumerate it,
/// so that adding a kind is adding a file.
/// </summary>
public sealed class Registry
{
    private static readonly ConcurrentDictionary<Type, Registry> Registries = new();

    private readonly Dictionary<string, Type> _typeByName = new(StringComparer.Ordinal);

    private Registry(Type baseType)
    {
        BaseType = baseType;
        (string Name, Type Type)[] kinds = baseType.Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(baseType) && !type.IsAbstract)
            .Select(type => (NameOf(type), type))
            .OrderBy(kind => kind.Item1, StringComparer.Ordinal)
            .ToArray();
        if (kinds.Length == 0)
        {
            throw new InvalidOperationException($"{baseType.Name} has no concrete records");
        }
        Names = Array.ConvertAll(kinds, kind => kind.Name);
        Types = Array.ConvertAll(kinds, kind => kind.Type);
        foreach (Type type in Types)
        {
            foreach (string name in NamesOf(type))
            {
                if (!_typeByName.TryAdd(name, type))
                {
                    throw new InvalidOperationException(
                        $"{type.Name} and {_typeByName[name].Name} are both called '{name}'");
                }
            }
        }
    }

    /// <summary>The abstract record whose kinds these are.</summary>
    public Type BaseType { get; }

    /// <summary>The canonical names, in alphabetical order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The records, in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<Type> Types { get; }

    /// <summary>The kinds of <paramref name="baseType"/>; found once, then remembered.</summary>
    /// <exception cref="ArgumentException">The type is not an abstract class.</exception>
    /// <exception cref="InvalidOperationException">A concrete record has no name, two share one, or there are none.</exception>
    public static Registry Of(Type baseType)
    {
        if (!baseType.IsClass || !baseType.IsAbstract)
        {
            throw new ArgumentException($"{baseType.Name} is not abstract, so it has no kinds", nameof(baseType));
        }
        return Registries.GetOrAdd(baseType, static type => new Registry(type));
    }

    /// <summary>The kinds of <typeparamref name="TBase"/>.</summary>
    /// <exception cref="ArgumentException">The type is not an abstract class.</exception>
    /// <exception cref="InvalidOperationException">A concrete record has no name, two share one, or there are none.</exception>
    public static Registry Of<TBase>() => Of(typeof(TBase));

    /// <summary>The record called <paramref name="name"/>, by its canonical name or an alias; null when there is none.</summary>
    public Type? Find(string name) => _typeByName.GetValueOrDefault(name);

    /// <summary>The canonical name of a concrete record.</summary>
    /// <exception cref="InvalidOperationException">It carries no <see cref="ConfigNameAttribute"/>.</exception>
    public static string NameOf(Type type) => Attribute(type).Name;

    /// <summary>The canonical name of a concrete record, then its aliases.</summary>
    /// <exception cref="InvalidOperationException">It carries no <see cref="ConfigNameAttribute"/>.</exception>
    public static IReadOnlyList<string> NamesOf(Type type) => [Attribute(type).Name, .. Attribute(type).Aliases];

    private static ConfigNameAttribute Attribute(Type type) =>
        type.GetCustomAttribute<ConfigNameAttribute>()
        ?? throw new InvalidOperationException($"{type.Name} carries no {nameof(ConfigNameAttribute)}");
}
