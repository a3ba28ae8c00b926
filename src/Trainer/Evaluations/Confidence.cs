using Trainer.Formulas;

namespace Trainer.Evaluations;

/// <summary>
/// Probabilities from losses. Where a row's loss is its cross-entropy, the loss under the label c is -ln p(c); so an engine that only tells
/// losses tells every probability too, when it evaluates the row under another label.
/// </summary>
internal static class Confidence
{
    // Rounding of ten binary32 losses moves the sum by less than 1e-5; another loss, or smoothed labels, miss 1 by far more.
    private const double Tolerance = 1e-4;
    private const double FarthestExponent = 700;

    /// <summary>p of a loss; the same bits on every machine.</summary>
    public static double Of(float loss) => loss < FarthestExponent ? Elementary64.Exp(-loss) : 0;

    /// <summary>Whether the losses of a row under all classes are those of a cross-entropy: their probabilities sum to 1.</summary>
    public static bool AreOfCrossEntropy(ReadOnlySpan<float> lossesByClass)
    {
        double sum = 0;
        foreach (float loss in lossesByClass)
        {
            if (!(loss > -FarthestExponent))
            {
                return false;
            }
            sum += Of(loss);
        }
        return Math.Abs(sum - 1) <= Tolerance;
    }
}
