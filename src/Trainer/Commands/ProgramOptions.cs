using System.CommandLine;
using Trainer.Devices;
using Trainer.Results;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary>Options that several verbs share, so that they read the same everywhere.</summary>
internal static class ProgramOptions
{
    /// <summary>Where results go unless somebody says otherwise.</summary>
    public const string DefaultResults = "results";

    private const int MostThreads = 1024;
    private const string DeviceOption = "--device";

    /// <summary><c>RUN</c>.</summary>
    public static Argument<string> Run() => new("run") { HelpName = "RUN", Description = "folder of a run, or a folder with one run in it" };

    /// <summary><c>--checkpoint last|best</c>.</summary>
    public static Option<string> Checkpoint()
    {
        var option = new Option<string>("--checkpoint")
        {
            HelpName = "NAME",
            Description = "last: weights of the last epoch; best: of the best epoch by validation",
            DefaultValueFactory = _ => "last",
        };
        option.AcceptOnlyFromAmong("last", "best");
        return option;
    }

    /// <summary>What <see cref="Checkpoint"/> was given.</summary>
    public static CheckpointName CheckpointOf(string text) => Enum.Parse<CheckpointName>(text, ignoreCase: true);

    /// <summary><c>--device NAME</c>.</summary>
    public static Option<string?> Device()
    {
        var option = new Option<string?>(DeviceOption)
        {
            HelpName = "NAME",
            Description = $"{string.Join(", ", DeviceName.All)}; cuda:1 is the second of several; auto: cuda if it can be used, else cpu; changes no number",
        };
        option.CompletionSources.Add([.. DeviceName.All]);
        return option;
    }

    /// <summary>The device that <see cref="Device"/> names; what is best here, where it was not given.</summary>
    public static DeviceChoice Choice(Shell shell, string? device) =>
        DeviceChoice.For(DeviceName.Parse(device ?? DeviceName.Auto, DeviceOption), DeviceOption, shell.Devices.List);

    /// <summary><c>--threads N</c>.</summary>
    public static Option<int> Threads()
    {
        var option = new Option<int>("--threads") { HelpName = "N", Description = "threads of the cpu engine, 0 for one per core; changes no number" };
        option.CheckRange(0, MostThreads);
        return option;
    }

    /// <summary><c>--seeds LIST</c>.</summary>
    public static Option<string?> Seeds() => new("--seeds") { HelpName = "LIST", Description = "seeds of each configuration, as 1-5 or 1-3,7" };

    /// <summary><c>--data DIR</c>.</summary>
    public static Option<string?> Data() => new("--data")
    {
        HelpName = "DIR",
        Description = "folder with the four Fashion-MNIST files (else TRAINER_DATA, the user's cache, a download)",
    };

    /// <summary><c>--json</c>.</summary>
    public static Option<bool> Json() => new("--json") { Description = "print JSON for machines, an object a line" };

    /// <summary><c>--out DIR</c>.</summary>
    public static Option<string> Out()
    {
        var option = new Option<string>("--out")
        {
            HelpName = "DIR",
            Description = "folder of all results",
            DefaultValueFactory = _ => DefaultResults,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && string.IsNullOrWhiteSpace(token.Value))
            {
                result.AddError("--out: an empty name is no folder");
            }
        });
        return option;
    }

    /// <summary><c>--set KEY=VALUE</c>.</summary>
    public static Option<string[]> Set() => new("--set")
    {
        HelpName = "KEY=VALUE",
        Description = "override a key, as --set optimizer.lr=0.01; may be given again",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Refuses a number outside <paramref name="least"/> … <paramref name="most"/>.</summary>
    public static void CheckRange<T>(this Option<T> option, int least, int most) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && int.TryParse(token.Value, out int value) && (value < least || value > most))
        {
            result.AddError($"{option.Name} must be {(most == int.MaxValue ? $"at least {least}" : $"{least} to {most}")}, not {value}");
        }
    });
}
