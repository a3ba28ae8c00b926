using System.CommandLine;
using Trainer.Benchmarks.Cases;
using Trainer.Benchmarks.Gpu;
using Trainer.Commands;
using Trainer.Devices;
using Trainer.Engines.Gpu;
using Trainer.Failures;
using Trainer.Terminal;

namespace Trainer.Benchmarks.Commands;

/// <summary>What a GPU does with our training, and with PyTorch's.</summary>
internal static class GpuCommand
{
    private const int DefaultRounds = 5;
    private const int DefaultEpochs = 3;
    private const int QuickRounds = 1;
    private const int QuickEpochs = 1;
    private const int QuickRows = 1024;
    private const string Place = "--device";

    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        var device = new Option<string>(Place) { HelpName = "NAME", Description = "cuda, opencl, or one of theirs as cuda:1", DefaultValueFactory = _ => DeviceName.Of(GpuApi.Cuda) };
        var cases = new Option<string?>("--cases") { HelpName = "A,B", Description = $"only these, as {GpuCaseCatalog.Main} or {GpuCaseCatalog.MainSideBySide}" };
        var quick = new Option<bool>("--quick") { Description = $"two cases, {QuickRounds} round of one epoch of {QuickRows} rows: whether everything works, and no figure for anybody" };
        var rounds = new Option<int?>("--rounds") { HelpName = "N", Description = $"how often the contestants take turns (default: {DefaultRounds})" };
        var epochs = new Option<int?>("--epochs") { HelpName = "N", Description = $"epochs in one timed training (default: {DefaultEpochs})" };
        CompareCommand.Range(rounds);
        CompareCommand.Range(epochs);
        var python = new Option<string?>("--python") { HelpName = "FILE", Description = "the Python that has PyTorch (default: python3, or the system's own if that has more)" };
        var torch = new Option<string?>("--torch-device") { HelpName = "NAME", Description = "where PyTorch computes (default: the same card); cpu is for trying out the peer" };
        Option<string?> data = ProgramOptions.Data();
        data.Description = "folder with the four Fashion-MNIST files (else TRAINER_DATA, the user's cache, the embedded garments)";
        var folder = new Option<string?>("--out") { HelpName = "DIR", Description = "folder of the files (default: results/bench-gpu of the checkout)" };
        var command = new Command(
            "gpu",
            "Times whole trainings on a GPU beside PyTorch's (eager, and a step as a CUDA graph), and several networks side by side.\n"
            + "Prints where the time of a step goes, and writes rounds.csv, ratios.csv, shares.csv, side-by-side.csv, targets.csv\n"
            + "and machine.json. docs/performance.md, \"On a GPU\", says how each number comes about.")
        {
            device, quick, cases, rounds, epochs, data, python, torch, folder,
        };
        command.SetAction(parsed => BenchmarkCommandLine.Guarded(shell, cancellation =>
        {
            bool isQuick = parsed.GetValue(quick);
            GpuDevice chosen = Find(parsed.GetRequiredValue(device), shell.Devices);
            new GpuComparison(shell, new GpuComparisonOptions
            {
                Device = chosen,
                Cases = parsed.GetValue(cases) is { } names ? CaseCatalog.Named(names, GpuCaseCatalog.All)
                    : isQuick ? GpuCaseCatalog.Quick : GpuCaseCatalog.All,
                Rounds = parsed.GetValue(rounds) ?? (isQuick ? QuickRounds : DefaultRounds),
                Epochs = parsed.GetValue(epochs) ?? (isQuick ? QuickEpochs : DefaultEpochs),
                Rows = isQuick ? QuickRows : null,
                Out = parsed.GetValue(folder) ?? Repository.In("results", "bench-gpu"),
                TorchDevice = parsed.GetValue(torch) ?? DeviceName.Of(GpuApi.Cuda, chosen.Api == GpuApi.Cuda ? chosen.Info.Index : 0),
                Data = parsed.GetValue(data),
                Python = parsed.GetValue(python),
            }).Run(cancellation);
        }));
        return command;
    }

    private static GpuDevice Find(string text, DeviceAccess devices)
    {
        DeviceName name = DeviceName.Parse(text, Place);
        if (name.Api is not { } api)
        {
            throw new ConfigException($"{Place}: {name} is no GPU's; name cuda or opencl, or see scripts/bench.sh for the processor");
        }
        GpuListing listing = devices.List(api);
        GpuDevice? device = name.Number is { } number
            ? listing.Devices.FirstOrDefault(device => device.Info.Index == number) ?? throw new DeviceException($"{Place}: no device {name}: {listing.Count}")
            : listing.FirstUsable ?? throw new DeviceException($"{Place}: no {name} device can be used: {listing.WhyNone}");
        return device.IsUsable ? device : throw new DeviceException($"{Place}: {device.Name} cannot be used: {device.Complaint}");
    }
}
