using System.Globalization;
using Trainer.Fuzz.Parsers;

namespace Trainer.Fuzz;

/// <summary>What the command line asks for.</summary>
/// <param name="Parser">Which parser.</param>
/// <param name="Seconds">How long.</param>
/// <param name="Seed">The seed of the inputs.</param>
/// <param name="Findings">The folder that findings are written to.</param>
/// <param name="Input">A file to try instead, once; null for none.</param>
internal sealed record FuzzOptions(FuzzedParser Parser, double Seconds, ulong Seed, string Findings, string? Input)
{
    /// <summary>How it is used.</summary>
    public static string Usage =>
        $"trainer-fuzz PARSER [--seconds N] [--seed S] [--findings DIR] | PARSER --input FILE; parsers: {string.Join(", ", FuzzedParser.All.Select(parser => parser.Name))}";

    /// <summary>The options; null where they cannot be understood.</summary>
    public static FuzzOptions? Of(string[] arguments)
    {
        if (arguments.Length % 2 == 0 || FuzzedParser.All.FirstOrDefault(parser => parser.Name == arguments[0]) is not { } parser)
        {
            return null;
        }
        var options = new FuzzOptions(parser, 60, 1, "findings", null);
        for (int k = 1; k < arguments.Length; k += 2)
        {
            string value = arguments[k + 1];
            FuzzOptions? next = arguments[k] switch
            {
                "--seconds" when double.TryParse(value, CultureInfo.InvariantCulture, out double seconds) => options with { Seconds = seconds },
                "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out ulong seed) => options with { Seed = seed },
                "--findings" => options with { Findings = value },
                "--input" => options with { Input = value },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }
            options = next;
        }
        return options;
    }
}
