using Trainer.Networks;
using Trainer.Runs;

namespace Trainer.Results;

/// <summary>The first steps of a run in detail: what <c>scripts/pytorch_reference.py</c> compares PyTorch with.</summary>
internal static class TraceFiles
{
    /// <summary>Writes <c>initial.safetensors</c>, <c>gradient.safetensors</c> (of step 1) and <c>steps.csv</c>.</summary>
    public static void Write(string folder, MlpShape shape, RunTrace trace)
    {
        var none = new Dictionary<string, string>();
        SafetensorsFile.Write(Path.Combine(folder, "initial.safetensors"), shape, trace.Initial, none);
        SafetensorsFile.Write(Path.Combine(folder, "gradient.safetensors"), shape, trace.FirstGradient, none);
        CsvFile.Write(
            Path.Combine(folder, "steps.csv"),
            trace.Losses.Select((loss, index) => new StepRow { Step = index + 1, Loss = loss }));
    }
}
