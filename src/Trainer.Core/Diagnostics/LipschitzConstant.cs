using Trainer.Activations;

namespace Trainer.Diagnostics;

/// <summary>sup |f′| of an activation: by how much it can enlarge a small difference between two inputs.</summary>
public static class LipschitzConstant
{
    // Φ(√2) + √2·φ(√2): the derivative of Φ(z) + z·φ(z) is φ(z)·(2 − z²), which is 0 at √2.
    private const double ExactGelu = 1.128904145185155;

    // The largest slope of the form with the hyperbolic tangent, at z = 1.4185, found by search to the last digit.
    private const double TanhGelu = 1.1289930686587717;

    // σ(z)·(1 + z·(1 − σ(z))) where its derivative is 0: z·tanh(z/2) = 2, z = 2.39936.
    private const double Swish = 1.0998393201288648;

    // λα of Selu: the slope just left of 0, larger than λ on the right.
    private const double SeluLeft = 1.0507009873554805 * 1.6732632423543772;

    /// <summary>The constant of <paramref name="activation"/>: 1 for relu, tanh, linear and softplus (whose f′ is a sigmoid), ¼ for
    /// the sigmoid (f(1 − f) is largest at f = ½), 1/6 for its form of straight lines, and for those with a setting what the
    /// setting makes of it.</summary>
    /// <exception cref="NotSupportedException">Nobody has derived it yet.</exception>
    public static double Of(Activation activation) => activation switch
    {
        Sigmoid => 0.25,
        HardSigmoid => 1.0 / 6,
        Relu or Tanh or Linear or Softplus => 1,
        LeakyRelu leaky => Math.Max(1, leaky.NegativeSlope),
        Elu elu => Math.Max(1, elu.Alpha),
        Selu => SeluLeft,
        Silu => Swish,
        Gelu { Approximate: GeluForm.Tanh } => TanhGelu,
        Gelu => ExactGelu,
        _ => throw new NotSupportedException($"the largest slope of {activation} is not known here"),
    };
}
