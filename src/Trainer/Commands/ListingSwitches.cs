using System.CommandLine;
using Trainer.Catalogs;
using Trainer.Listings;

namespace Trainer.Commands;

/// <summary>The options that choose runs, the same for every verb that takes many.</summary>
internal sealed class ListingSwitches
{
    private readonly Option<string[]> _filters = new("--filter")
    {
        HelpName = "CONDITION",
        Description = "only runs for which it holds: KEY=VALUE, or != < <= > >=, over fields, keys of the configuration and columns of metrics.csv (lr is that of the last epoch, optimizer.lr the key); '*' stands for any text; may be given again",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _states = new("--state")
    {
        HelpName = "STATE",
        Description = "only runs that are " + string.Join(", ", StandingText.Words) + "; may be given again",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public ListingSwitches(Command command)
    {
        command.Options.Add(_filters);
        command.Options.Add(_states);
    }

    /// <summary>What was given.</summary>
    public ListingOptions Options(ParseResult parsed) => new()
    {
        Filters = parsed.GetValue(_filters) ?? [],
        States = parsed.GetValue(_states) ?? [],
    };
}
