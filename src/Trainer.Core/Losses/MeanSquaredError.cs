using System.ComponentModel;
using Trainer.Configuration;

namespace Trainer.Losses;

/// <summary>Mean squared error of the outputs to the one-hot target: loss = 1/O·Σ_o (z_o − [o = y])². There is no softmax; the
/// prediction is the greatest output.</summary>
/// <remarks>PyTorch's <c>MSELoss</c>, a mean over rows and outputs. Without hidden layers this is linear regression.</remarks>
[ConfigName("mse")]
[Description("mean squared error of the outputs to the one-hot target, without softmax")]
public sealed record MeanSquaredError : Loss;
