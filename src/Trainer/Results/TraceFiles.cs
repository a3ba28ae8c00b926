using Trainer.Failures;
using Trainer.Networks;
using Trainer.Runs;

namespace Trainer.Results;

/// <summary>The first steps of a run in detail: what <c>scripts/pytorch_reference.py</c> compares PyTorch with.</summary>
internal static class TraceFiles
{
    private const string Steps = "steps.csv";
    private const string Initial = "initial.safetensors";

    /// <summary>The losses of the steps, in the folder of a trace.</summary>
    public static string StepsIn(string folder) => Path.Combine(folder, Steps);

    /// <summary>The initial weights, in the folder of a trace.</summary>
    public static string InitialIn(string folder) => Path.Combine(folder, Initial);

    /// <summary>How many steps were traced; 0 where there is no trace that can be read.</summary>
    public static int StepCount(string folder)
    {
        try
        {
            return CsvFile.Read<StepRow>(Path.Combine(folder, Steps)).Count;
        }
        catch (RunFailedException)
        {
            return 0;
        }
    }

    /// <summary>Writes <c>initial.safetensors</c>, <c>gradient.safetensors</c> (of step 1) and <c>steps.csv</c>.</summary>
    public static void Write(string folder, MlpShape shape, RunTrace trace)
    {
        var none = new Dictionary<string, string>();
        SafetensorsFile.Write(InitialIn(folder), shape, trace.Initial, none);
        SafetensorsFile.Write(Path.Combine(folder, "gradient.safetensors"), shape, trace.FirstGradient, none);
        CsvFile.Write(
            Path.Combine(folder, Steps),
            trace.Losses.Select((loss, index) => new StepRow { Step = index + 1, Loss = loss }));
    }
}
