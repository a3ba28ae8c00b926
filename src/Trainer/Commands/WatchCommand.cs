using System.CommandLine;
using System.Runtime.CompilerServices;
using Trainer.Catalogs;
using Trainer.Failures;
using Trainer.Terminal;
using Trainer.Watch;

namespace Trainer.Commands;

/// <summary><c>trainer watch</c>.</summary>
internal static class WatchCommand
{
    private const int UsualPort = 7878;
    private const int LastPort = 65535;

    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        var root = new Argument<string>("root")
        {
            HelpName = "ROOT",
            Description = "folder of the runs; it need not be there yet",
            DefaultValueFactory = _ => ProgramOptions.DefaultResults,
        };
        var port = new Option<int>("--port") { HelpName = "N", Description = "port to listen on, 0 for any that is free", DefaultValueFactory = _ => UsualPort };
        port.CheckRange(0, LastPort);
        var command = new Command(
            "watch", "Shows runs while they train on a page for a browser on this machine (127.0.0.1 only; it changes nothing). Ctrl-C ends it, with 0.")
        {
            root, port,
        }.WithExamples(
            "trainer watch",
            "trainer watch results/relu --port 0");
        command.SetAction((parsed, _) => CommandLine.GuardedAsync(
            shell, cancellation => ServeAsync(shell, parsed.GetRequiredValue(root), parsed.GetValue(port), cancellation)));
        return command;
    }

    // Not inlined: the web server's assemblies are loaded by the verb that uses them alone.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<ExitCode> ServeAsync(Shell shell, string root, int port, CancellationToken cancellation)
    {
        if (File.Exists(root))
        {
            throw new ConfigException($"{root}: is a file; give the folder of the runs");
        }
        if (string.IsNullOrWhiteSpace(root))
        {
            throw new ConfigException("watch: an empty name is no folder");
        }
        RunPaths.ThrowIfWholeDisk(root);
        await using WatchServer server = await WatchServer.StartAsync(root, port, cancellation);
        string missing = Directory.Exists(root) ? "" : ", which is not there yet";
        shell.Output.WriteLine($"watching {root}{missing}: {server.Address} (Ctrl-C ends it)");
        shell.Output.Flush();
        await Task.Delay(Timeout.Infinite, cancellation).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        return ExitCode.Ok;
    }
}
