using System.CommandLine;
using Trainer.Catalogs;
using Trainer.Failures;
using Trainer.Listings;
using Trainer.Terminal;

namespace Trainer.Commands;

/// <summary><c>trainer list</c>.</summary>
internal static class ListCommand
{
    /// <summary>The verb, with its options.</summary>
    public static Command Create(Shell shell)
    {
        Argument<string[]> paths = RunArguments.Several("folders of runs, of several or of sweeps, or names of those (default: all)");
        var sort = new Option<string?>("--sort") { HelpName = "KEY", Description = "sort by a field, a key of the configuration or a column of metrics.csv" };
        var reverse = new Option<bool>("--reverse") { Description = "the other way round" };
        var tail = new Option<int?>("--tail") { HelpName = "N", Description = "only the N latest; with --sort the last N of the list" };
        tail.CheckRange(1, int.MaxValue);
        var head = new Option<int?>("--head") { HelpName = "N", Description = "only the first N of the list: with --sort test_accuracy --reverse the N best" };
        head.CheckRange(1, int.MaxValue);
        Option<bool> json = ProgramOptions.Json();
        var csv = new Option<bool>("--csv") { Description = "print a CSV table with every column and every key that differs" };
        Option<string> root = ProgramOptions.Out();
        var command = new Command("list", "Lists runs: state, epoch, accuracy of the last epoch, what tells them apart.") { paths };
        var switches = new ListingSwitches(command);
        Array.ForEach<Option>([sort, reverse, head, tail, json, csv, root], command.Options.Add);
        command.WithExamples(
            "trainer list",
            "trainer list relu --sort test_accuracy --reverse --head 10",
            "trainer list --filter \"optimizer.lr>0.01\" --filter \"name=relu*\" --tail 10");
        command.SetAction((parsed, _) => CommandLine.Guarded(shell, () =>
        {
            ListingOptions options = switches.Options(parsed) with
            {
                Sort = parsed.GetValue(sort),
                Reverse = parsed.GetValue(reverse),
                Head = parsed.GetValue(head),
                Tail = parsed.GetValue(tail),
            };
            if (parsed.GetValue(json) && parsed.GetValue(csv))
            {
                throw new ConfigException("list: --csv and --json exclude each other; give one");
            }
            string results = parsed.GetRequiredValue(root);
            RunCatalog catalog = RunArguments.Catalog(parsed.GetValue(paths) ?? [], results);
            Print(shell, RunListing.Of(catalog, options, results), parsed.GetValue(json), parsed.GetValue(csv));
            return RunArguments.Tell(shell, catalog);
        }));
        return command;
    }

    private static void Print(Shell shell, RunListing listing, bool json, bool csv)
    {
        if (csv)
        {
            shell.Output.Write(ListingTable.Csv(listing));
            return;
        }
        IEnumerable<string> lines = json ? ListingTable.Json(listing)
            : ListingText.Lines(listing, shell.IsTerminal ? shell.Console.Profile.Width : int.MaxValue, DateTimeOffset.UtcNow);
        foreach (string line in lines)
        {
            shell.Output.WriteLine(line);
        }
    }
}
