using System.Reflection;
using Trainer.Activations;
using Trainer.Configuration;

namespace Trainer.Tests.Activations;

/// <summary>
/// The activations that the tests of formulas and engines go through: all that the registry has, as they are by default, and
/// with each value of a setting that chooses between formulas. A new one is among them by its file alone.
/// </summary>
internal static class ActivationList
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Activation> All { get; } = [.. Registry.Of<Activation>().Types.SelectMany(Forms)];

    /// <summary>Their names, for a theory.</summary>
    public static TheoryData<string> Names() => [.. All.Select(activation => activation.ToString())];

    /// <summary>The one with this name.</summary>
    public static Activation Find(string name) => All.Single(activation => activation.ToString() == name);

    /// <summary>Where one is in the list.</summary>
    public static int IndexOf(Activation activation) => All.ToList().IndexOf(activation);

    /// <summary>
    /// Pairs of indices into a list of optimizers and into <see cref="All"/>: every optimizer with the rectifier, every activation
    /// with one optimizer. An engine computes the two in different places, so no more pairs show more.
    /// </summary>
    public static IEnumerable<(int Optimizer, int Activation)> WithOptimizers(int optimizers)
    {
        int relu = IndexOf(new Relu());
        return Enumerable.Range(0, optimizers).Select(optimizer => (optimizer, relu))
            .Concat(Enumerable.Range(0, All.Count).Where(activation => activation != relu).Select(activation => (activation % optimizers, activation)));
    }

    private static IEnumerable<Activation> Forms(Type type)
    {
        yield return New(type);
        foreach (PropertyInfo choice in type.GetProperties().Where(property => property.PropertyType.IsEnum))
        {
            foreach (object value in Enum.GetValues(choice.PropertyType).Cast<object>().Where(value => !value.Equals(choice.GetValue(New(type)))))
            {
                Activation form = New(type);
                choice.SetValue(form, value);
                yield return form;
            }
        }
    }

    private static Activation New(Type type) => (Activation)Activator.CreateInstance(type)!;
}
