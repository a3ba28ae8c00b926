using Trainer.Engines;
using Trainer.Engines.Cpu;
using Trainer.Normalizations;
using Trainer.Optimizers;
using Trainer.Runs;

namespace Trainer.Tests.Engines.Cpu;

/// <summary>An engine keeps the room that its last gradient took.</summary>
public class GradientRoomTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gradients_OnOneEngine_AreThoseOfANewOne_WhateverWasAskedBefore(bool normalizes)
    {
        var experiment = new Experiment
        {
            Name = "gradients",
            Model = new Model { Hidden = [7, 6], Normalization = normalizes ? new BatchNorm() : new NoNormalization() },
            Optimizer = new Sgd { Lr = 0.1 },
        };
        TrainingSetup setup = Run.Setup(experiment, TestData.Set(90, 30, 12, 5));
        using IEngine kept = CpuEngine.Create(setup, 2);
        float[] parameters = new float[setup.Shape.ParameterCount], found = new float[parameters.Length], expected = new float[parameters.Length];
        (int First, int Count)[] asked = [(0, 40), (40, 40), (3, 5), (0, 90), (50, 40), (8, 5)];
        for (int k = 0; k < asked.Length; k++)
        {
            int[] rows = [.. Enumerable.Range(asked[k].First, asked[k].Count)];
            experiment.Model.Init.Fill(setup.Shape, (ulong)k, parameters);
            using IEngine made = CpuEngine.Create(setup, 2);
            made.WriteParameters(parameters);
            kept.WriteParameters(parameters);
            Assert.Equal(made.Gradient(rows, expected), kept.Gradient(rows, found));
            Assert.Equal(expected, found);
        }
    }
}
