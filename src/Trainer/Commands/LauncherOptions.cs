using System.CommandLine;
using System.CommandLine.Parsing;
using Trainer.Clusters;
using Trainer.Failures;

namespace Trainer.Commands;

/// <summary>
/// The options of <c>trainer sweep</c> that say where it runs. They override what the sweep file says under <c>cluster</c>; one that
/// the launcher does not take is refused: it would do nothing.
/// </summary>
internal sealed class LauncherOptions
{
    private readonly Option<string> _launcher = new("--launcher")
    {
        HelpName = "NAME",
        Description = "local: this machine; slurm: submits a job array and returns; kubernetes: prints an Indexed Job, with --dry-run",
        DefaultValueFactory = _ => NameOf(Clusters.Launcher.Local),
    };

    private readonly Option<string[]> _sbatch = new("--sbatch-arg")
    {
        HelpName = "ARG",
        Description = "slurm: further option of sbatch, as --sbatch-arg=--qos=long; may be given again",
        DefaultValueFactory = _ => [],
    };

    private readonly (TextKey Key, Option<string?> Option)[] _texts = [.. ClusterKeys.All.OfType<TextKey>().Select(key => (key, new Option<string?>(key.Option)
    {
        HelpName = key.HelpName,
        Description = Described(key),
    }))];

    private readonly (CountKey Key, Option<int?> Option)[] _counts = [.. ClusterKeys.All.OfType<CountKey>().Select(key => (key, new Option<int?>(key.Option)
    {
        HelpName = key.HelpName,
        Description = Described(key),
    }))];

    /// <summary>Options that are ready to be added to a command.</summary>
    public LauncherOptions()
    {
        _launcher.AcceptOnlyFromAmong([.. Enum.GetValues<Launcher>().Select(NameOf)]);
        Array.ForEach(_counts, count => count.Option.CheckRange(count.Key.Least, count.Key.Most));
    }

    /// <summary>Gives <paramref name="command"/> the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_launcher);
        foreach (ClusterKey key in ClusterKeys.Shared)
        {
            command.Add(OptionOf(key));
        }
        command.Add(_sbatch);
        foreach (ClusterKey key in ClusterKeys.OfKubernetes)
        {
            command.Add(OptionOf(key));
        }
        command.Validators.Add(RefuseUnused);
    }

    /// <summary>Gives a command that goes on with a SLURM sweep what belongs to SLURM.</summary>
    public void AddSlurmTo(Command command)
    {
        foreach (ClusterKey key in ClusterKeys.Shared.Where(key => key.Launchers.Contains(Clusters.Launcher.Slurm)))
        {
            command.Add(OptionOf(key));
        }
        command.Add(_sbatch);
    }

    /// <summary>What runs the cells.</summary>
    public Launcher Launcher(ParseResult parsed) => Enum.Parse<Launcher>(parsed.GetRequiredValue(_launcher), ignoreCase: true);

    /// <summary>What the command line gives, else what the file says; arguments of sbatch are added to the file's.</summary>
    /// <exception cref="ConfigException">A value cannot be one.</exception>
    public ClusterSettings Over(ParseResult parsed, ClusterSettings fromFile)
    {
        ClusterSettings settings = fromFile;
        foreach ((TextKey key, Option<string?> option) in _texts)
        {
            if (parsed.GetValue(option) is { } text)
            {
                settings = Checked(key.Option, () => key.With(settings, text));
            }
        }
        foreach ((CountKey key, Option<int?> option) in _counts)
        {
            if (parsed.GetValue(option) is { } count)
            {
                settings = Checked(key.Option, () => key.With(settings, count));
            }
        }
        return Checked(_sbatch.Name, () => settings with { SbatchArguments = [.. settings.SbatchArguments, .. parsed.GetValue(_sbatch) ?? []] });
    }

    private void RefuseUnused(CommandResult result)
    {
        // One that is not known is said to be so by the option itself.
        if (!Enum.TryParse(result.GetResult(_launcher) is { Tokens: [var token] } ? token.Value : NameOf(Clusters.Launcher.Local), ignoreCase: true, out Launcher launcher))
        {
            return;
        }
        IEnumerable<(Option Option, IReadOnlyList<Launcher> Launchers)> options =
            [.. ClusterKeys.All.Select(key => (OptionOf(key), key.Launchers)), (_sbatch, [Clusters.Launcher.Slurm])];
        foreach ((Option option, IReadOnlyList<Launcher> launchers) in options)
        {
            if (result.GetResult(option) is { Implicit: false } && !launchers.Contains(launcher))
            {
                result.AddError($"{option.Name} does nothing with --launcher {NameOf(launcher)}; it goes with {string.Join(" and ", launchers.Select(NameOf))}");
                return;
            }
        }
    }

    private Option OptionOf(ClusterKey key) => key is TextKey
        ? _texts.First(text => text.Key == key).Option
        : _counts.First(count => count.Key == key).Option;

    private static T Checked<T>(string option, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ArgumentException failure)
        {
            throw new ConfigException($"{option}: {failure.Message}", failure);
        }
    }

    private static string Described(ClusterKey key) => $"{string.Join(", ", key.Launchers.Select(NameOf))}: {key.Description}";

    private static string NameOf(Launcher launcher) => launcher.ToString().ToLowerInvariant();
}
