using System.Globalization;
using System.Text;

namespace Trainer.Engines.Gpu.Tracing;

/// <summary>The statements that a formula came to when it was carried out with <see cref="Traced"/> numbers.</summary>
internal sealed class FormulaTrace
{
    [ThreadStatic]
    private static FormulaTrace? _current;

    private readonly StringBuilder _statements = new();
    private readonly List<float>? _constants;
    private int _variables;

    private FormulaTrace(List<float>? constants) => _constants = constants;

    /// <summary>The trace that this thread is writing.</summary>
    /// <exception cref="InvalidOperationException">It is writing none.</exception>
    public static FormulaTrace Current =>
        _current ?? throw new InvalidOperationException("a traced number means something only while a formula is traced");

    /// <summary>The statements, each in a line of its own.</summary>
    public string Statements => _statements.ToString();

    /// <summary>
    /// Carries out <paramref name="formula"/> and gives its statements. Its constants become elements c[0], c[1], … of an
    /// array, so that one text serves all their values.
    /// </summary>
    /// <param name="constants">Receives the constants, behind those that it has; null writes them into the text.</param>
    /// <param name="formula">The formula; it may write statements of its own.</param>
    public static string Of(List<float>? constants, Action<FormulaTrace> formula)
    {
        FormulaTrace? outer = _current;
        _current = new FormulaTrace(constants);
        try
        {
            formula(_current);
            return _current.Statements;
        }
        finally
        {
            _current = outer;
        }
    }

    /// <summary>Adds a variable that is <paramref name="expression"/>.</summary>
    public Traced Write(string expression)
    {
        var variable = new Traced($"t{_variables++}");
        Statement($"const float {variable.Text} = {expression};");
        return variable;
    }

    /// <summary>Adds a statement.</summary>
    public void Statement(string text) => _statements.Append("    ").Append(text).Append('\n');

    /// <summary>A constant.</summary>
    public Traced Constant(float value)
    {
        if (_constants is null)
        {
            return new Traced(Literal(value));
        }
        _constants.Add(value);
        return new Traced($"c[{_constants.Count - 1}]");
    }

    /// <summary>The number as source: the shortest digits that are read as just this number.</summary>
    private static string Literal(float value)
    {
        if (!float.IsFinite(value))
        {
            return $"AS_FLOAT(0x{BitConverter.SingleToUInt32Bits(value):x8}u)";
        }
        string digits = value.ToString("R", CultureInfo.InvariantCulture);
        bool isWhole = digits.All(c => char.IsAsciiDigit(c) || c == '-');
        string number = $"{digits}{(isWhole ? ".0" : "")}f";
        return float.IsNegative(value) ? $"({number})" : number;
    }
}
