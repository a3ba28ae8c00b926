using System.CommandLine;
using Trainer.Data;
using Trainer.Devices;
using Trainer.Engines.Gpu;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer info</c>.</summary>
internal static class InfoCommand
{
    private const int OneNumber = 32;

    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        Option<string?> data = ProgramOptions.Data();
        Option<bool> json = ProgramOptions.Json();
        var command = new Command("info", "Prints what this program sees: processor, devices, data, versions.") { data, json };
        command.SetAction((parsed, _) => CommandLine.Guarded(shell, () =>
        {
            GpuListing[] gpus = [.. Enum.GetValues<GpuApi>().Select(shell.Devices.List)];
            DeviceChoice auto = DeviceChoice.For(new DeviceName(DeviceName.Auto, null), "", api => gpus.Single(listing => listing.Api == api));
            var info = new MachineInfo(
                Software.Current(), Hardware.Current(), new AutoDevice(auto.Name, auto.Reason), [.. DeviceRow.All(gpus)], Where(shell, parsed.GetValue(data)));
            if (parsed.GetValue(json))
            {
                shell.Output.WriteLine(JsonText.Line(info));
            }
            else
            {
                Print(shell.Output, info);
            }
            return ExitCode.Ok;
        }));
        return command;
    }

    private static string Where(Shell shell, string? dataOption)
    {
        DataLocation location;
        try
        {
            location = shell.Data.Locator.Locate(dataOption);
        }
        catch (DataException failure)
        {
            // Just when something is wrong, the rest of this page is needed.
            return failure.Message;
        }
        return location.Place == DataPlace.Download
            ? $"none yet ({location.Reason}); 'trainer data get' fetches Fashion-MNIST into {location.Folder}"
            : $"{location.Folder} ({location.Reason})";
    }

    private static void Print(TextWriter output, MachineInfo info)
    {
        output.WriteLine($"trainer    {info.Software.Trainer}{(info.Software.Commit is { } commit ? $" ({commit[..Math.Min(10, commit.Length)]})" : "")}");
        output.WriteLine($"runtime    {info.Software.Runtime} on {info.Software.OperatingSystem}");
        output.WriteLine($"processor  {info.Hardware.Processor}, {info.Hardware.Cores} cores, {(info.Hardware.VectorBits > OneNumber ? $"{info.Hardware.VectorBits}-bit vectors" : "no vectors")}");
        output.WriteLine(FormattableString.Invariant($"memory     {info.Hardware.MemoryGib:0.0} GiB"));
        output.WriteLine($"devices    {info.Device.Name} unless another is asked for ({info.Device.Reason})");
        int width = info.Devices.Max(row => row.Device.Length);
        foreach (DeviceRow row in info.Devices)
        {
            output.WriteLine($"  {row.Device.PadRight(width)}  {row.Text}");
        }
        output.WriteLine($"data       {info.Data}");
    }

    private sealed record MachineInfo(
        Software Software, Hardware Hardware, AutoDevice Device, IReadOnlyList<DeviceRow> Devices, string Data);

    private sealed record AutoDevice(string Name, string Reason);
}
