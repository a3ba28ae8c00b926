using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using Trainer.Configuration;

namespace Trainer.Yaml;

/// <summary>One key of a configuration record: all that its property and the attributes on it say.</summary>
internal sealed class ConfigKey
{
    private readonly PropertyInfo _property;

    /// <summary>Describes <paramref name="property"/>; <paramref name="defaults"/> is a new instance of its record.</summary>
    /// <exception cref="InvalidOperationException">
    /// Its type is no configuration value, it has limits without being a number, or it has no default and is not required.
    /// </exception>
    public ConfigKey(PropertyInfo property, object defaults)
    {
        _property = property;
        Name = KeyName.Snake(property.Name);
        Shape = ValueShape.Of(property.PropertyType, MayBeNull(property));
        IsRequired = property.IsDefined(typeof(RequiredMemberAttribute));
        IsIdentity = !property.IsDefined(typeof(NotIdentityAttribute));
        IsAddedLater = property.IsDefined(typeof(AddedLaterAttribute));
        if (IsAddedLater && IsRequired)
        {
            throw new InvalidOperationException(
                $"{property.DeclaringType?.Name}.{property.Name} came later, so older configurations need a default for it");
        }
        Bounds = property.GetCustomAttribute<BoundsAttribute>();
        if (Bounds is not null && Shape.Kind is not (ValueKind.Integer or ValueKind.Unsigned or ValueKind.Number
            or ValueKind.IntegerList or ValueKind.NumberList))
        {
            throw new InvalidOperationException(
                $"{property.DeclaringType?.Name}.{property.Name} is no number and can have no {nameof(BoundsAttribute)}");
        }
        Description = property.GetCustomAttribute<DescriptionAttribute>()?.Description
            ?? Shape.Type.GetCustomAttribute<DescriptionAttribute>()?.Description;
        Usual = defaults.GetType().GetCustomAttributes<UsualAttribute>().FirstOrDefault(usual => usual.Key == property.Name)?.Value;
        Default = IsRequired ? null : property.GetValue(defaults);
        if (Default is null && !IsRequired && !Shape.IsNullable)
        {
            throw new InvalidOperationException(
                $"{property.DeclaringType?.Name}.{property.Name} needs 'required' or an initialiser");
        }
    }

    /// <summary>The key, in snake_case.</summary>
    public string Name { get; }

    /// <summary>What its value has to be.</summary>
    public ValueShape Shape { get; }

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; }

    /// <summary>Whether it is part of what makes two experiments the same.</summary>
    public bool IsIdentity { get; }

    /// <summary>Whether it is left out while it has its default (<see cref="AddedLaterAttribute"/>).</summary>
    public bool IsAddedLater { get; }

    /// <summary>The limits of the value, or of each element of a list; null when it has none.</summary>
    public BoundsAttribute? Bounds { get; }

    /// <summary>What it means, or null.</summary>
    public string? Description { get; }

    /// <summary>What this kind usually has there, for examples; null when nobody said.</summary>
    public double? Usual { get; }

    /// <summary>The value when it is not given; null for a required key.</summary>
    public object? Default { get; }

    /// <summary>The key's value in <paramref name="record"/>.</summary>
    public object? ValueIn(object record) => _property.GetValue(record);

    /// <summary>Whether the key has its default in <paramref name="record"/>; never so for a required key.</summary>
    public bool IsDefaultIn(object record) =>
        !IsRequired && FlowText.Of(Shape, ValueIn(record)) == FlowText.Of(Shape, Default);

    /// <summary>Sets the key in a record that is being built; what an accessor throws comes through as it is.</summary>
    public void Set(object record, object? value) =>
        _property.SetValue(record, value, BindingFlags.DoNotWrapExceptions, null, null, null);

    private static bool MayBeNull(PropertyInfo property) =>
        new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
}
