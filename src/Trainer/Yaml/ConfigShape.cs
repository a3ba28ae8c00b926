using System.Collections.Concurrent;
using System.Reflection;
using Trainer.Configuration;

namespace Trainer.Yaml;

/// <summary>The keys of one concrete configuration record, read once from its properties.</summary>
internal sealed class ConfigShape
{
    /// <summary>The key that says which kind of an abstract record a mapping is.</summary>
    public const string NameKey = "name";

    private static readonly ConcurrentDictionary<Type, ConfigShape> Shapes = new();

    private readonly Dictionary<string, ConfigKey> _keyByName;

    private ConfigShape(Type type)
    {
        Type = type;
        object defaults = New();
        Keys = [.. Properties(type).Select(property => new ConfigKey(property, defaults))];
        _keyByName = Keys.ToDictionary(key => key.Name, StringComparer.Ordinal);
        if (VariantName is not null && Find(NameKey) is not null)
        {
            throw new InvalidOperationException($"{type.Name} has a key '{NameKey}', which already says which kind it is");
        }
    }

    /// <summary>The record's type.</summary>
    public Type Type { get; }

    /// <summary>The keys in the order of declaration, those of the base record first.</summary>
    public IReadOnlyList<ConfigKey> Keys { get; }

    /// <summary>Whether nothing has to be given.</summary>
    public bool IsOptional => !Keys.Any(key => key.IsRequired);

    /// <summary>The name that tells this kind from others of an abstract record; null for a record of its own.</summary>
    public string? VariantName => Type.IsDefined(typeof(ConfigNameAttribute), false) ? Registry.NameOf(Type) : null;

    /// <summary>The keys of a concrete record.</summary>
    /// <exception cref="InvalidOperationException">One of its properties cannot be a configuration value.</exception>
    public static ConfigShape Of(Type type) => Shapes.GetOrAdd(type, static type => new ConfigShape(type));

    /// <summary>The key of that name, or null.</summary>
    public ConfigKey? Find(string name) => _keyByName.GetValueOrDefault(name);

    /// <summary>A new record with every default in place; nobody checks here that required keys get set.</summary>
    public object New() => Activator.CreateInstance(Type)!;

    /// <summary>Public properties that can be set, base record first, each once: an override stands where its base does.</summary>
    private static List<PropertyInfo> Properties(Type type)
    {
        var lineage = new Stack<Type>();
        for (Type? t = type; t is not null && t != typeof(object); t = t.BaseType)
        {
            lineage.Push(t);
        }
        var names = new List<string>();
        foreach (Type level in lineage)
        {
            const BindingFlags own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
            // Reflection promises no order; metadata tokens follow the source.
            names.AddRange(level.GetProperties(own)
                .Where(property => property.SetMethod is { IsPublic: true })
                .OrderBy(property => property.MetadataToken)
                .Select(property => property.Name)
                .Except(names));
        }
        return [.. names.Select(name => MostDerived(type, name))];
    }

    private static PropertyInfo MostDerived(Type type, string name)
    {
        const BindingFlags own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        for (Type? t = type; ; t = t.BaseType)
        {
            if (t!.GetProperty(name, own) is { } property)
            {
                return property;
            }
        }
    }
}
