using Trainer.Clusters;
using Trainer.Clusters.Kubernetes;

namespace Trainer.Tests.Clusters;

/// <summary>What may be asked of a cluster, and what is refused before the cluster is asked.</summary>
public class ClusterSettingsTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("30")]
    [InlineData("90:30")]
    [InlineData("1:00:00")]
    [InlineData("2-12")]
    [InlineData("2-12:30")]
    [InlineData("2-12:30:05")]
    [InlineData("UNLIMITED")]
    [InlineData("infinite")]
    public void Time_IsWrittenAsSlurmHasIt(string time) => Assert.Equal(time, new ClusterSettings { Time = time }.Time);

    [Theory]
    [InlineData("")]
    [InlineData("2h")]
    [InlineData("1.5")]
    [InlineData("-1")]
    [InlineData("1:2:3:4")]
    [InlineData("1-")]
    [InlineData("1-2-3")]
    [InlineData("1:000")]
    [InlineData("30\n")]
    [InlineData("30 ")]
    [InlineData("٣٠")]
    public void Time_OfAnotherKind_IsRefused_WithTheMend(string time) => Assert.Contains(
        "is no time; write minutes as 30, else 1:30:00, or 2-12 for two days and a half", Problem(() => new ClusterSettings { Time = time }));

    [Theory]
    [InlineData("4096")]
    [InlineData("0")]
    [InlineData("4G")]
    [InlineData("512m")]
    [InlineData("1T")]
    public void Memory_IsWrittenAsSlurmHasIt(string memory) => Assert.Equal(memory, new ClusterSettings { Memory = memory }.Memory);

    [Theory]
    [InlineData("")]
    [InlineData("G")]
    [InlineData("4GB")]
    [InlineData("4Gi")]
    [InlineData("1.5G")]
    [InlineData("4 G")]
    [InlineData("-4G")]
    public void Memory_OfAnotherKind_IsRefused_WithTheMend(string memory) => Assert.Contains(
        "is no memory; write e.g. 4G, or 4096 for as many megabytes", Problem(() => new ClusterSettings { Memory = memory }));

    [Theory]
    [InlineData("gpu:1", true)]
    [InlineData("gpu", true)]
    [InlineData("gpu:a100:2,tmpfs:10G", true)]
    [InlineData("1", false)]
    [InlineData("gpu:", false)]
    [InlineData("gpu:a:b:c", false)]
    [InlineData("gpu:1,", false)]
    [InlineData("gpu 1", false)]
    public void Resources_AreNamesWithKindsAndNumbers(string gres, bool fits)
    {
        if (fits)
        {
            Assert.Equal(gres, new ClusterSettings { Gres = gres }.Gres);
        }
        else
        {
            Assert.Contains("is no list of resources; write e.g. gpu:1 or gpu:a100:2", Problem(() => new ClusterSettings { Gres = gres }));
        }
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("a\tb")]
    [InlineData("a\u001bb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u00a0b")]
    [InlineData("a\u202eb")]
    [InlineData("a'b")]
    [InlineData("a\"b")]
    [InlineData("a`b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("\ud800")]
    public void Word_ThatCouldEndWhatItStandsIn_IsRefused_InOneLine(string word)
    {
        foreach (Func<object> set in new Func<object>[]
        {
            () => new ClusterSettings { Partition = word }, () => new ClusterSettings { Account = word }, () => new ClusterSettings { Constraint = word },
        })
        {
            string problem = Problem(set);
            Assert.Contains("holds a space, a quote, '\\', '#' or what cannot be printed", problem);
            Assert.Equal(problem, Trainer.Yaml.Excerpt.OneLine(problem));
        }
    }

    [Fact]
    public void Word_IsTaken_AsSitesWriteThem_UnlessItIsEmptyOrEndless()
    {
        var settings = new ClusterSettings { Partition = "short,long", Account = "0042", Constraint = "[rack1|rack2]&(gpu*2)" };
        Assert.Equal(("short,long", "0042", "[rack1|rack2]&(gpu*2)"), (settings.Partition, settings.Account, settings.Constraint));
        Assert.Equal("is empty; leave it out", Problem(() => new ClusterSettings { Partition = "" }));
        Assert.EndsWith("has more than 256 characters", Problem(() => new ClusterSettings { Partition = new string('a', 257) }));
    }

    [Fact]
    public void Counts_HaveBounds()
    {
        Assert.Equal("must be at least 1 and at most 1000000, not 0", Problem(() => new ClusterSettings { Cpus = 0 }));
        Assert.Equal("must be at least 1 and at most 1000000, not -3", Problem(() => new ClusterSettings { Parallel = -3 }));
        Assert.Equal("must be at least 1 and at most 65535, not 65536", Problem(() => new ClusterSettings { SignalSeconds = 65_536 }));
        Assert.Equal("must be at least 0 and at most 1000000, not -1", Problem(() => new ClusterSettings { Requeues = -1 }));
        Assert.Equal("must be at least 1 and at most 10000, not 10001", Problem(() => new ClusterSettings { CellsPerTask = 10_001 }));
        Assert.Equal("must be at least 0 and at most 2147483647, not -1", Problem(() => new KubernetesSettings { User = -1 }));
        Assert.Equal("must be at least 0 and at most 1000000, not -1", Problem(() => new KubernetesSettings { Restarts = -1 }));
    }

    [Theory]
    [InlineData("--qos=long")]
    [InlineData("--exclusive")]
    [InlineData("--nice=100")]
    [InlineData("--mem-per-cpu=2G")]
    [InlineData("--time-min=10")]
    [InlineData("--mail-user=a@b.c")]
    [InlineData("--comment=a 'word' of \"mine\" #1")]
    [InlineData("--export=NONE")]
    [InlineData("--exclude=n[1-3]")]
    [InlineData("--nice")]
    public void SbatchArgument_IsTaken_WhereTheLauncherLeavesItFree(string argument) =>
        Assert.Equal([argument], new ClusterSettings { SbatchArguments = [argument] }.SbatchArguments);

    [Theory]
    [InlineData("", "'' is no long option of sbatch; write e.g. --qos=long")]
    [InlineData("-p short", "'-p short' is no long option")]
    [InlineData("qos=long", "'qos=long' is no long option")]
    [InlineData("--", "'--' is no long option")]
    [InlineData("---qos", "'---qos' is no long option")]
    [InlineData("--comment mine", "'--comment mine' is no long option")]
    [InlineData("--QOS=long", "'--QOS=long' is no long option")]
    [InlineData("--comment=a\nb", "'--comment=a\\u000ab' holds what cannot be printed")]
    [InlineData("--comment=\u001b[0m", "'--comment=\\u001b[0m' holds what cannot be printed")]
    [InlineData("--array=1-3", "'--array=1-3': the launcher sets it itself from the cells; --parallel says")]
    [InlineData("--arr=1-3", "'--arr=1-3' can mean --array: the launcher sets it itself from the cells")]
    [InlineData("--mem=4G", "'--mem=4G': write --memory, or memory in the sweep file")]
    [InlineData("--partition=a", "'--partition=a': write --partition, or partition in the sweep file")]
    [InlineData("--requeue", "'--requeue': the launcher sets it itself; --requeues says how often")]
    [InlineData("--no-requeue", "'--no-requeue': the launcher sets it itself; write --requeues 0")]
    [InlineData("--dependency=singleton", "'--dependency=singleton': the launcher sets it itself; --begin waits for a time")]
    [InlineData("--wrap=rm", "'--wrap=rm': the launcher sets it itself: it has a script")]
    [InlineData("--test-only", "'--test-only': nothing would be submitted; --dry-run prints the script")]
    [InlineData("--wait", "'--wait': sbatch would not return")]
    public void SbatchArgument_ThatIsTheLaunchersOwn_OrNone_IsRefused_WithTheMend(string argument, string problem) =>
        Assert.StartsWith(problem, Problem(() => new ClusterSettings { SbatchArguments = [argument] }));

    [Theory]
    [InlineData("array")]
    [InlineData("output")]
    [InlineData("error")]
    [InlineData("job-name")]
    [InlineData("signal")]
    [InlineData("requeue")]
    [InlineData("no-requeue")]
    [InlineData("dependency")]
    [InlineData("chdir")]
    [InlineData("open-mode")]
    [InlineData("parsable")]
    [InlineData("clusters")]
    public void SbatchArgument_OfTheLauncher_IsRefused_HoweverItIsShortened(string name)
    {
        for (int length = 1; length <= name.Length; length++)
        {
            Assert.Contains("--", Problem(() => new ClusterSettings { SbatchArguments = [$"--{name[..length]}=1"] }));
        }
    }

    [Theory]
    [InlineData("Image", "--privileged")]
    [InlineData("Image", "a b")]
    [InlineData("Image", "a\nb")]
    [InlineData("Image", "")]
    [InlineData("Claim", "My-Claim")]
    [InlineData("Claim", "a..b")]
    [InlineData("Namespace", "a.b")]
    [InlineData("Namespace", "-a")]
    [InlineData("Mount", "results")]
    [InlineData("Mount", "/a/../b")]
    [InlineData("Mount", "/a:b")]
    [InlineData("Mount", "/a\nb")]
    public void KubernetesName_ThatItWouldRefuse_IsRefused(string key, string value)
    {
        string problem = Problem(() => key switch
        {
            "Image" => new KubernetesSettings { Image = value },
            "Claim" => new KubernetesSettings { Claim = value },
            "Namespace" => new KubernetesSettings { Namespace = value },
            _ => new KubernetesSettings { Mount = value },
        });
        Assert.StartsWith($"'{Trainer.Yaml.Excerpt.Of(value)}' ", problem);
    }

    [Fact]
    public void KubernetesNames_AreTaken_AsTheyAreUsual()
    {
        var settings = new KubernetesSettings
        {
            Image = "registry.example:5000/course/net@sha256:0123456789abcdef",
            Claim = "home.me-1",
            Namespace = "course-7",
            Mount = "/home/ä b",
        };
        Assert.Equal(("home.me-1", "/home/ä b"), (settings.Claim, settings.Mount));
    }

    private static string Problem(Func<object> set) => Assert.ThrowsAny<ArgumentException>(set).Message;
}
