using System.CommandLine;
using Trainer.Catalogs;
using Trainer.Devices;
using Trainer.Failures;
using Trainer.Results;
using Trainer.Terminal;
using Trainer.Verification;
using Trainer.Verification.Checks;

namespace Trainer.Commands;

/// <summary><c>trainer verify</c>: whether a run is what its files say.</summary>
internal static class VerifyCommand
{
    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        var paths = new Argument<string[]>("runs")
        {
            HelpName = "RUN",
            Description = "folders of runs, of several or of sweeps, or names of those",
            Arity = ArgumentArity.OneOrMore,
        };
        paths.RefuseOptions();
        var rerun = new Option<bool>("--rerun") { Description = "also train again, in memory, and compare every value and every tensor, epoch by epoch, up to the first that differs" };
        var epochs = new Option<string?>("--epochs") { HelpName = "RANGE", Description = "with --rerun: compare these epochs alone, as 1-3, and train no further" };
        Option<string?> data = ProgramOptions.Data();
        Option<string?> device = ProgramOptions.Device();
        Option<int> threads = ProgramOptions.Threads();
        Option<string> root = ProgramOptions.Out();
        Option<bool> json = ProgramOptions.Json();
        var command = new Command(
            "verify", "Recomputes and compares what a run recorded: hashes, configuration, steps and rates, digests of weights, summary, and with --rerun the training itself. Ends with 0 where all is as recorded, 6 where something is not, 1 where a run cannot be read.")
        {
            paths, rerun, epochs, data, device, threads, root, json,
        }.WithExamples(
            "trainer verify results/relu/0a1b2c3d-s1",
            "trainer verify relu --rerun --epochs 1-3",
            "trainer verify results --json");
        command.SetAction((parsed, _) => CommandLine.GuardedAsync(shell, async cancellation =>
        {
            bool trains = parsed.GetValue(rerun);
            var range = EpochRange.OfOption(parsed.GetValue(epochs));
            if (range is not null && !trains)
            {
                throw new ConfigException("--epochs: says what to train again; give --rerun, too");
            }
            var finder = new RunPaths(parsed.GetRequiredValue(root));
            RunFolder[] folders = [.. parsed.GetRequiredValue(paths).SelectMany(path => finder.Find(path)).DistinctBy(folder => Path.GetFullPath(folder.Path))];
            IReadOnlyList<IRunCheck> checks = trains
                ? [.. RunCheckList.All, Rerun(shell, parsed.GetValue(device), parsed.GetValue(threads), range, cancellation)]
                : RunCheckList.All;
            var images = new DataAtHand(shell.Data.Provider(shell), parsed.GetValue(data), fetches: trains);
            var report = new VerificationReport(shell.Output);
            var all = new List<RunVerification>();
            foreach (RunFolder folder in folders)
            {
                var verification = RunVerification.Of(await VerifiedRun.OpenAsync(folder, images, cancellation), checks);
                all.Add(verification);
                Print(report, verification, parsed.GetValue(json));
                cancellation.ThrowIfCancellationRequested();
            }
            return VerificationReport.Conclude(all);
        }));
        return command;
    }

    private static RerunCheck Rerun(Shell shell, string? device, int threads, EpochRange? range, CancellationToken cancellation)
    {
        DeviceChoice choice = ProgramOptions.Choice(shell, device);
        return new RerunCheck(
            setup => shell.Devices.Create(choice, setup, threads), range, threads == 0 ? null : threads,
            (epoch, last) => Progress(shell, epoch, last), cancellation);
    }

    /// <summary>Says how far training again is, where somebody watches.</summary>
    private static void Progress(Shell shell, int epoch, int last)
    {
        if (shell.ErrorIsTerminal)
        {
            string text = FormattableString.Invariant($"training again: epoch {epoch} of {last}");
            shell.Error.Write(epoch < last ? $"\r{text}" : $"\r{new string(' ', text.Length)}\r");
        }
    }

    private static void Print(VerificationReport report, RunVerification verification, bool json)
    {
        if (json)
        {
            report.WriteJson(verification);
        }
        else
        {
            report.Write(verification);
        }
    }
}
