using Trainer.Activations;
using Trainer.Engines;
using Trainer.GradientChecks;
using Trainer.GradientChecks.Faults;
using Trainer.Initializers;
using Trainer.Losses;
using Trainer.Networks;
using Trainer.Normalizations;
using Trainer.Optimizers;
using Trainer.Regularizers;
using Trainer.Tests.Activations;
using Trainer.Tests.Engines;

namespace Trainer.Tests.GradientChecks;

/// <summary>The check passes what is right, catches what is wrong, and says where it cannot know.</summary>
public class GradientCheckTests
{
    private static readonly GradientCheckOptions All = new() { Samples = null };

    [Theory]
    [MemberData(nameof(ActivationList.Names), MemberType = typeof(ActivationList))]
    public void Activation_Passes_WithEveryLoss_Normalisation_AndPenalty(string activation)
    {
        Loss[] losses = [new CrossEntropy(), new CrossEntropy { LabelSmoothing = 0.1 }, new MeanSquaredError()];
        Regularization[] penalties = [new(), new() { L1 = 1e-3, L2 = 1e-2, Biases = true }];
        foreach (Loss loss in losses)
        {
            foreach (BatchNorm? batchNorm in (BatchNorm?[])[null, new()])
            {
                foreach (Regularization penalty in penalties)
                {
                    var shape = new MlpShape([37, 9, 7, 10], batchNorm is not null);
                    var mlp = new Mlp(shape, ActivationList.Find(activation)) { Loss = loss, BatchNorm = batchNorm };
                    Passes(Setup(mlp) with { Regularization = penalty });
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(FeatureList.Names), MemberType = typeof(FeatureList))]
    public void Feature_Passes(string feature) => Passes(FeatureList.Setup(feature, 9, 7));

    [Fact]
    public void EveryFault_IsCaught()
    {
        TrainingSetup everything = Everything();
        TrainingSetup squared = everything with { Network = everything.Network with { Loss = new MeanSquaredError() } };
        FaultOutcome[] outcomes = [.. Faults(everything, jitter: 0.1), .. Faults(squared, jitter: 0.1)];
        Assert.All(outcomes, outcome => Assert.Equal((outcome.Fault, FaultVerdict.Caught), (outcome.Fault, outcome.Verdict)));
        Assert.All(outcomes, outcome => Assert.True(outcome.Error > GradientCheck.Tolerance));
        Assert.Equal(GradientFault.All.Select(fault => fault.Name).Order(), outcomes.Select(outcome => outcome.Fault).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(ActivationList.Names), MemberType = typeof(ActivationList))]
    public void EveryFault_IsCaught_WithEveryActivation(string activation)
    {
        var mlp = new Mlp(new MlpShape(37, 9, 7, 10), ActivationList.Find(activation));
        foreach (FaultOutcome outcome in Faults(Setup(mlp), jitter: 0.1))
        {
            // A line's derivative is 1: to drop it drops nothing.
            bool idle = outcome.Fault == "activation derivative dropped" && mlp.Activations[0] is Linear;
            Assert.Equal((outcome.Fault, idle ? FaultVerdict.NoChange : FaultVerdict.Caught), (outcome.Fault, outcome.Verdict));
        }
    }

    [Fact]
    public void Fault_ThatChangesNoNumber_IsSaidToChangeNone()
    {
        FaultOutcome scale = Faults(Everything(), jitter: 0).Single(outcome => outcome.Fault == "batch norm: scale dropped");
        Assert.Equal(FaultVerdict.NoChange, scale.Verdict);
    }

    [Fact]
    public void Fault_TooSmallToSee_IsMissed()
    {
        TrainingSetup setup = Setup(new Mlp(new MlpShape(37, 9, 10), new Sigmoid())) with { Regularization = new Regularization { L2 = 1e-12 } };
        Assert.Equal(FaultVerdict.Missed, Faults(setup, jitter: 0).Single(outcome => outcome.Fault == "l2 penalty dropped").Verdict);
    }

    [Fact]
    public void Corner_OfTheRectifier_IsCounted_AndNoError()
    {
        TrainingSetup setup = Setup(new Mlp(new MlpShape(37, 9, 10), new Relu()));
        float[] parameters = Start(setup);
        // z of unit 4 is 0 in every row.
        parameters.AsSpan(4 * 37, 37).Clear();
        parameters[setup.Shape.Layers[0].BiasOffset + 4] = 0;
        TensorCheck[] tensors = [.. new GradientCheck(setup, parameters, All).Check()];
        Assert.All(tensors, tensor => Assert.True(tensor.Passed));
        Assert.Equal(1, tensors[1].Corners);
        Assert.Equal(8, tensors[1].Checked);
        Assert.InRange(tensors[0].Corners, 1, 37);
        Assert.Equal(0, tensors[2].Corners + tensors[3].Corners);
    }

    [Fact]
    public void Tensor_WithNothingButCorners_DoesNotPass()
    {
        TrainingSetup setup = Setup(new Mlp(new MlpShape(37, 9, 10), new Relu()));
        float[] parameters = Start(setup);
        parameters.AsSpan(0, setup.Shape.Layers[1].WeightOffset).Clear();
        TensorCheck biases = new GradientCheck(setup, parameters, All).Check()[1];
        Assert.Equal((0, 9, false), (biases.Checked, biases.Corners, biases.Passed));
    }

    [Fact]
    public void Corner_OfThePenalty_IsCounted_WhereAWeightIsNearlyZero()
    {
        TrainingSetup setup = Setup(new Mlp(new MlpShape(37, 10), [])) with { Regularization = new Regularization { L1 = 0.1 } };
        float[] parameters = Start(setup);
        parameters[123] = 1e-7f;
        // At 0 itself both sides are alike, and sign(0) = 0 is their mean.
        parameters[124] = 0;
        TensorCheck weights = new GradientCheck(setup, parameters, All).Check()[0];
        Assert.Equal((1, 369, true), (weights.Corners, weights.Checked, weights.Passed));
    }

    [Fact]
    public void Start_AtZero_PassesButShowsThatLittleIsProven()
    {
        TrainingSetup setup = Setup(new Mlp(new MlpShape(37, 9, 10), new Sigmoid()));
        TensorCheck[] tensors = [.. new GradientCheck(setup, new float[setup.Shape.ParameterCount], All).Check()];
        Assert.All(tensors, tensor => Assert.True(tensor.Passed));
        Assert.Equal(tensors[0].Checked, tensors[0].Zeros);
        Assert.Equal(0, tensors[^1].Zeros);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1e6)]
    public void HugeStart_IsNoFault(double deviation)
    {
        TrainingSetup setup = Setup(new Mlp(new MlpShape(37, 9, 7, 10), new Relu()));
        float[] parameters = new float[setup.Shape.ParameterCount];
        new Normal { Std = deviation }.Fill(setup.Shape, 1, parameters);
        Assert.All(new GradientCheck(setup, parameters, All).Check(), tensor => Assert.True(tensor.Passed));
    }

    [Fact]
    public void Loss_ThatIsNoNumber_DoesNotPass()
    {
        TrainingSetup setup = Setup(new Mlp(new MlpShape(37, 9, 10), new Relu()));
        float[] parameters = Start(setup);
        parameters[^1] = float.NaN;
        Assert.All(new GradientCheck(setup, parameters, All).Check(), tensor => Assert.False(tensor.Passed));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(17, false)]
    [InlineData(1, true)]
    public void Rows_ThatAStepCannotHave_AreRefused(int rows, bool normalized)
    {
        var mlp = new Mlp(new MlpShape([37, 9, 10], normalized), new Relu()) { BatchNorm = normalized ? new BatchNorm() : null };
        TrainingSetup setup = Setup(mlp);
        Assert.Contains(
            "has", Assert.Throws<ArgumentException>(() => new GradientCheck(setup, Start(setup), All with { Rows = rows })).Message);
    }

    /// <summary>Batch normalisation, dropout, label smoothing, penalties.</summary>
    private static TrainingSetup Everything() => FeatureList.Setup("all but average", 9, 7);

    private static IReadOnlyList<FaultOutcome> Faults(TrainingSetup setup, double jitter) =>
        new GradientCheck(setup, Start(setup), All with { Jitter = jitter }).CheckFaults();

    private static void Passes(TrainingSetup setup)
    {
        var check = new GradientCheck(setup, Start(setup), All);
        foreach (TensorCheck tensor in check.Check())
        {
            Assert.True(tensor.Passed, $"{setup.Network} {setup.Regularization} {tensor}");
            Assert.InRange(tensor.Corners, 0, 1 + (tensor.Group.Count / 20));
        }
    }

    private static float[] Start(TrainingSetup setup)
    {
        float[] parameters = new float[setup.Shape.ParameterCount];
        new PytorchDefault().Fill(setup.Shape, 1, parameters);
        return parameters;
    }

    private static TrainingSetup Setup(Mlp mlp) => new(mlp, new Sgd { Lr = 0.1 }, TestData.Splits(50, 23, 37, 10), 16) { Seed = 3 };
}
