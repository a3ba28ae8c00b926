using System.Reflection;
using System.Text;
using Trainer.Configuration;

namespace Trainer.Yaml;

/// <summary>How a name in code is spelled in a configuration.</summary>
internal static class KeyName
{
    /// <summary>The key of a property: <c>BatchSize</c> is <c>batch_size</c>, <c>L2Penalty</c> is <c>l2_penalty</c>.</summary>
    public static string Snake(string pascal) => Split(pascal, '_');

    /// <summary>The title of a type: <c>FashionMnist</c> is <c>fashion-mnist</c>.</summary>
    public static string Kebab(string pascal) => Split(pascal, '-');

    /// <summary>The value of an enumeration's member: its <see cref="ConfigNameAttribute"/>, or else as <see cref="Kebab"/> has it.</summary>
    public static string Choice(Type enumeration, string member) =>
        enumeration.GetField(member)!.GetCustomAttribute<ConfigNameAttribute>()?.Name ?? Kebab(member);

    /// <summary>A word begins at a capital after a small letter or digit, or before a small letter (<c>MLPShape</c>).</summary>
    private static string Split(string pascal, char separator)
    {
        var text = new StringBuilder(pascal.Length + 4);
        for (int i = 0; i < pascal.Length; i++)
        {
            bool begins = i > 0 && char.IsUpper(pascal[i])
                && (!char.IsUpper(pascal[i - 1]) || (i + 1 < pascal.Length && char.IsLower(pascal[i + 1])));
            if (begins)
            {
                text.Append(separator);
            }
            text.Append(char.ToLowerInvariant(pascal[i]));
        }
        return text.ToString();
    }
}
