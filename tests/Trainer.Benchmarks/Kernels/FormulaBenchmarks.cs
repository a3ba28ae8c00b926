using BenchmarkDotNet.Attributes;
using Trainer.Activations;
using Trainer.Formulas;

namespace Trainer.Benchmarks.Kernels;

/// <summary>Elementary functions over the outputs of a layer: 64 rows of 128 units, on one thread.</summary>
public class FormulaBenchmarks
{
    private const int Numbers = 64 * 128;

    private readonly float[] _source = [.. Enumerable.Range(1, Numbers).Select(k => 8f * k / Numbers - 4)];
    private readonly float[] _positive = [.. Enumerable.Range(1, Numbers).Select(k => 8f * k / Numbers)];
    private readonly float[] _destination = new float[Numbers];

    /// <summary>max(x, 0).</summary>
    [Benchmark(Baseline = true)]
    public void Rectifier() => FormulaLoop.Map<RectifierFormula>(_source, _destination);

    /// <summary>1/(1 + e⁻ˣ).</summary>
    [Benchmark]
    public void Logistic() => FormulaLoop.Map<LogisticFormula>(_source, _destination);

    /// <summary>eˣ, of which a softmax takes one for each output.</summary>
    [Benchmark]
    public void Exponential() => FormulaLoop.Map<ExponentialFormula>(_source, _destination);

    /// <summary>ln x, of which a cross-entropy takes one for each row.</summary>
    [Benchmark]
    public void Logarithm() => FormulaLoop.Map<LogarithmFormula>(_positive, _destination);

    private readonly struct ExponentialFormula : FormulaLoop.IFormula
    {
        public static T Apply<T>(T x)
            where T : struct, IReal<T> => T.Exp(x);
    }

    private readonly struct LogarithmFormula : FormulaLoop.IFormula
    {
        public static T Apply<T>(T x)
            where T : struct, IReal<T> => T.Log(x);
    }

    private readonly struct RectifierFormula : FormulaLoop.IFormula
    {
        public static T Apply<T>(T x)
            where T : struct, IReal<T> => default(Relu.Formula).Value(x);
    }

    private readonly struct LogisticFormula : FormulaLoop.IFormula
    {
        public static T Apply<T>(T x)
            where T : struct, IReal<T> => default(Sigmoid.Formula).Value(x);
    }
}
