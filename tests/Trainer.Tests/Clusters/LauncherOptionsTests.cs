using System.CommandLine;
using Trainer.Clusters;
using Trainer.Commands;
using Trainer.Failures;

namespace Trainer.Tests.Clusters;

/// <summary>The options of <c>trainer sweep</c> that say where it runs.</summary>
public class LauncherOptionsTests
{
    private static readonly ClusterSettings File = new()
    {
        Partition = "short",
        Time = "30",
        Parallel = 4,
        SbatchArguments = ["--qos=a"],
        Kubernetes = new() { Claim = "file" },
    };

    [Fact]
    public void WithoutAnOption_TheSweepIsLocal_AndTheFilesSettingsStay()
    {
        (Launcher launcher, ClusterSettings settings) = Read();
        Assert.Equal(Launcher.Local, launcher);
        Assert.Equal(ClusterText.Of(File), ClusterText.Of(settings));
    }

    [Fact]
    public void Option_ComesBeforeTheFile_AndArgumentsOfSbatchAreAdded()
    {
        (Launcher launcher, ClusterSettings settings) = Read(
            "--launcher", "slurm", "--partition", "long", "--parallel", "2", "--account", "me", "--memory", "4G", "--cpus", "3", "--gres", "gpu:1",
            "--constraint", "a|b", "--signal-seconds", "60", "--requeues", "0", "--cells-per-task", "5", "--sbatch-arg=--nice=5", "--sbatch-arg", "--exclusive");
        Assert.Equal(Launcher.Slurm, launcher);
        Assert.Equal(("long", "30", 2, "me"), (settings.Partition, settings.Time, settings.Parallel, settings.Account));
        Assert.Equal(("4G", 3, "gpu:1", "a|b"), (settings.Memory, settings.Cpus, settings.Gres, settings.Constraint));
        Assert.Equal((60, 0, 5), (settings.SignalSeconds, settings.Requeues, settings.CellsPerTask));
        Assert.Equal(["--qos=a", "--nice=5", "--exclusive"], settings.SbatchArguments);
        Assert.Equal("file", settings.Kubernetes.Claim);
    }

    [Fact]
    public void Kubernetes_HasItsOwnOptions()
    {
        (Launcher launcher, ClusterSettings settings) = Read(
            "--launcher", "kubernetes", "--image", "a:1", "--claim", "b", "--namespace", "c", "--mount", "/d", "--user", "7", "--restarts", "1");
        Assert.Equal(Launcher.Kubernetes, launcher);
        Assert.Equal(new() { Image = "a:1", Claim = "b", Namespace = "c", Mount = "/d", User = 7, Restarts = 1 }, settings.Kubernetes);
    }

    public static TheoryData<string> Options => [.. ClusterKeys.All.Select(key => key.Option), "--sbatch-arg"];

    [Theory]
    [MemberData(nameof(Options))]
    public void Option_ThatTheLauncherDoesNotTake_IsRefused(string option)
    {
        IReadOnlyList<Launcher> takers = ClusterKeys.All.FirstOrDefault(key => key.Option == option)?.Launchers ?? [Launcher.Slurm];
        foreach (Launcher launcher in Enum.GetValues<Launcher>())
        {
            string name = launcher.ToString().ToLowerInvariant();
            string[] errors = [.. Parse("--launcher", name, $"{option}=1").Errors.Select(error => error.Message)];
            string expected = $"{option} does nothing with --launcher {name}; it goes with {string.Join(" and ", takers).ToLowerInvariant()}";
            Assert.Equal(takers.Contains(launcher) ? [] : [expected], errors);
        }
        Assert.NotEmpty(Parse($"{option}=1").Errors);
    }

    [Theory]
    [InlineData("--time", "2h", "--time: '2h' is no time; write minutes as 30, else 1:30:00, or 2-12 for two days and a half")]
    [InlineData("--memory", "4GB", "--memory: '4GB' is no memory; write e.g. 4G")]
    [InlineData("--partition", "a b", "--partition: 'a b' holds a space, ")]
    [InlineData("--sbatch-arg", "--output=x", "--sbatch-arg: '--output=x': the launcher sets it itself; the logs lie beside the sweep")]
    [InlineData("--sbatch-arg", "-p", "--sbatch-arg: '-p' is no long option of sbatch; write e.g. --qos=long")]
    public void Value_ThatCannotBe_IsRefused_WithItsOption(string option, string value, string problem) =>
        Assert.StartsWith(problem, Assert.Throws<ConfigException>(() => Read("--launcher", "slurm", $"{option}={value}")).Message);

    [Theory]
    [InlineData("--launcher=pbs", "Argument 'pbs' not recognized")]
    [InlineData("--cpus=0", "--cpus must be 1 to 1000000, not 0")]
    [InlineData("--signal-seconds=0", "--signal-seconds must be 1 to 65535, not 0")]
    [InlineData("--cells-per-task=10001", "--cells-per-task must be 1 to 10000, not 10001")]
    public void Number_OutsideItsBounds_OrAnotherLauncher_IsRefused(string argument, string problem) =>
        Assert.Contains(Parse("--launcher=slurm", argument).Errors.Concat(Parse(argument).Errors), error => error.Message.StartsWith(problem, StringComparison.Ordinal));

    private static (Launcher Launcher, ClusterSettings Settings) Read(params string[] arguments)
    {
        var options = new LauncherOptions();
        ParseResult parsed = Parse(options, arguments);
        return (options.Launcher(parsed), options.Over(parsed, File));
    }

    private static ParseResult Parse(params string[] arguments) => Parse(new LauncherOptions(), arguments);

    private static ParseResult Parse(LauncherOptions options, string[] arguments)
    {
        var sweep = new Command("sweep");
        options.AddTo(sweep);
        return sweep.Parse(arguments);
    }
}
