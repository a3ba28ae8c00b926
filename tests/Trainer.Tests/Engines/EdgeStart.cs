using Trainer.Initializers;
using Trainer.Networks;
using Trainer.Randomness;
using static Trainer.Tests.Engines.EdgeImages;

namespace Trainer.Tests.Engines;

/// <summary>
/// Parameters at the edges of binary32 to start a training from. An engine may leave out fma(0, w, z) = z and
/// fma(dz, 0, dw) = dw, but not where w or dz is infinite or not a number, nor where the sum so far is −0.
/// </summary>
/// <param name="Name">For people.</param>
/// <param name="Images">The images that bring it out.</param>
/// <param name="Lr">The learning rate.</param>
/// <param name="Parameter">The parameter at a place.</param>
/// <param name="Shows">What must have happened in one of its trainings at the least, or it was not the edge that it is called.</param>
internal sealed record EdgeStart(
    string Name, EdgeImages[] Images, double Lr, Func<EdgeStart.Place, float> Parameter, Func<TrialRecord, bool> Shows)
{
    private static readonly EdgeImages[] AnyImages = Enum.GetValues<EdgeImages>();

    /// <summary>All of them.</summary>
    public static IReadOnlyList<EdgeStart> All { get; } =
    [
        new("usual weights", AnyImages, 0.1, place => place.Usual, record => !record.Numbers("parameters").Contains(0f)),
        new("zeros of both signs", AnyImages, 0.1,
            place => place.IsBias ? -0f : place.Pick(0f, -0f, place.Usual), record => record.Numbers("parameters").Any(IsMinusZero)),
        new("nothing but -0", AnyImages, 0.1, _ => -0f, record => record.Numbers("parameters").Any(IsMinusZero)),
        new("subnormal first layer", AnyImages, 1e-30,
            place => place.Layer.Index == 0 ? place.Tiny() : place.Usual, record => record.Numbers("parameters").Any(float.IsSubnormal)),
        new("gradients that underflow to -0, weights of -0", [Usual, EverySecondBlack, FirstPixel, LastPixel, NeverBlack], 1e-30,
            place => place.IsBias ? place.Usual : place.IsLast ? place.Tiny() : place.Pick(-0f, -0f, 0f, place.Usual),
            record => record.Numbers("gradient").Any(IsMinusZero)),
        new("units that are off", AnyImages, 0.1,
            place => place.IsLast ? place.Usual : place.IsBias ? -1000 : place.Pick(-0f, place.Usual),
            record => record.Numbers("gradient").Any(g => g != 0)),
        new("sums that overflow", AnyImages, 0.1,
            place => place.Layer.Index == 0 ? place.Usual > 0 ? 3e38f : -3e38f : place.Usual,
            record => record.Numbers("before: loss").Any(float.IsNaN)),
        new("-infinity behind pixels that are never black", [NeverBlack, White], 0.1,
            place => place.Layer.Index == 0 && !place.IsBias && place.Unit % 5 == 0 ? place.Pick(float.NegativeInfinity, place.Usual) : place.Usual,
            record => record.Numbers("parameters").Any(float.IsNegativeInfinity) && record.Numbers("after: loss").All(float.IsFinite)),
        new("-infinity behind black pixels", [Black, EverySecondBlack, FirstPixel, LastPixel, Usual], 0.1,
            place => place.Layer.Index == 0 && !place.IsBias && place.Unit % 5 == 0 ? float.NegativeInfinity : place.Usual,
            record => record.Numbers("before: loss").Any(float.IsNaN) && record.Numbers("before: loss").Any(float.IsFinite)),
        new("infinity and not a number, here and there", AnyImages, 0.1,
            place => place.Word % 61 == 0 ? place.Pick(float.PositiveInfinity, float.NaN) : place.Usual,
            record => record.Numbers("before: loss").Any(float.IsNaN)),
        new("biases of -infinity", AnyImages, 0.1,
            place => place.IsBias && !place.IsLast ? place.Pick(float.NegativeInfinity, place.Usual) : place.Usual,
            record => record.Numbers("after: loss").All(float.IsFinite)),
        new("gradients that overflow behind black pixels", [Usual, EverySecondBlack, FirstPixel, LastPixel, Black], 0.1,
            place => place.Usual * (place.IsBias ? 0 : place.IsLast || place.Layer.Index > 0 ? 3e20f : 1e-38f),
            record => record.Numbers("before: loss").All(float.IsFinite) && record.Numbers("gradient").Any(float.IsNaN)),
        new("a learning rate beyond all reason", AnyImages, 1e30, place => place.Usual,
            record => record.Numbers("parameters").Any(w => !float.IsFinite(w))),
    ];

    /// <summary>Fills all parameters.</summary>
    public void Fill(MlpShape shape, ulong seed, float[] parameters)
    {
        new PytorchDefault().Fill(shape, seed, parameters);
        var random = new Philox(seed, RandomStream.Noise, 5);
        foreach (DenseLayer layer in shape.Layers)
        {
            bool isLast = layer.Index == shape.Layers.Count - 1;
            for (int k = layer.WeightOffset; k < layer.BiasOffset + layer.Outputs; k++)
            {
                bool isBias = k >= layer.BiasOffset;
                int unit = isBias ? k - layer.BiasOffset : (k - layer.WeightOffset) / layer.Inputs;
                parameters[k] = Parameter(new Place(layer, isLast, isBias, unit, parameters[k], random.Word((ulong)k)));
            }
        }
    }

    private static bool IsMinusZero(float x) => x == 0 && float.IsNegative(x);

    /// <summary>Where a parameter stands.</summary>
    /// <param name="Layer">Its layer.</param>
    /// <param name="IsLast">Whether that is the output.</param>
    /// <param name="IsBias">Whether it is a bias.</param>
    /// <param name="Unit">The output that it belongs to.</param>
    /// <param name="Usual">What it usually starts as.</param>
    /// <param name="Word">A random number of its own.</param>
    public readonly record struct Place(DenseLayer Layer, bool IsLast, bool IsBias, int Unit, float Usual, uint Word)
    {
        /// <summary>One of these, at random.</summary>
        public float Pick(params ReadOnlySpan<float> choices) => choices[(int)(Word >> 8) % choices.Length];

        /// <summary>Of either sign, from the smallest subnormal up to 32,768 times that.</summary>
        public float Tiny() => MathF.CopySign(float.Epsilon * (1 << (int)(Word >> 4) % 16), Usual);
    }
}
