using System.Text.RegularExpressions;
using Trainer.Clusters;
using Trainer.Clusters.Kubernetes;
using Trainer.Failures;
using Trainer.Yaml;

namespace Trainer.Tests.Clusters;

/// <summary>The manifest that <c>--launcher kubernetes --dry-run</c> prints; CI holds it against the published schema, too.</summary>
public class IndexedJobTests
{
    private static readonly ClusterSettings Least = new() { Kubernetes = new() { Image = "net:10", Claim = "course" } };

    private static readonly IndexedJob Job = new()
    {
        Name = "trainer-rates-3f1c9a2b-1-1",
        Completions = 24,
        Command = ["dotnet", "/home/me/results/sweeps/rates/cluster/program-1/trainer.dll", "sweep-task", "/home/me/results/sweeps/rates"],
        WorkingFolder = "/home/me",
        Results = "/home/me/results",
        Settings = Least,
    };

    [Fact]
    public void Job_IsIndexed_AndEndsAsItsTasksDo()
    {
        MappingNode job = Read(Job);
        Assert.Equal(("batch/v1", "Job"), (Text(job, "apiVersion"), Text(job, "kind")));
        Assert.Equal(Job.Name, Text(job, "metadata", "name"));
        Assert.Equal(("24", "24", "Indexed"), (Text(job, "spec", "completions"), Text(job, "spec", "parallelism"), Text(job, "spec", "completionMode")));
        Assert.Equal(("3", "Failed"), (Text(job, "spec", "backoffLimitPerIndex"), Text(job, "spec", "podReplacementPolicy")));
        ConfigNode[] rules = Items(job, "spec", "podFailurePolicy", "rules");
        Assert.Equal(["Ignore", "Ignore", "FailIndex"], rules.Select(rule => Text(rule, "action")));
        Assert.Equal(("DisruptionTarget", "True"), (Text(Items(rules[0], "onPodConditions")[0], "type"), Text(Items(rules[0], "onPodConditions")[0], "status")));
        Assert.Equal(["85"], Words(rules[1], "onExitCodes", "values"));
        Assert.Equal(["2", "3", "5", "6"], Words(rules[2], "onExitCodes", "values"));
        Assert.All(rules[1..], rule => Assert.Equal(("In", "trainer"), (Text(rule, "onExitCodes", "operator"), Text(rule, "onExitCodes", "containerName"))));
    }

    [Fact]
    public void Pod_StartsTheTask_WithTheClaimWhereTheResultsLie()
    {
        MappingNode job = Read(Job);
        ConfigNode pod = At(job, "spec", "template", "spec");
        Assert.Equal(("Never", "90", "false"), (Text(pod, "restartPolicy"), Text(pod, "terminationGracePeriodSeconds"), Text(pod, "automountServiceAccountToken")));
        ConfigNode container = Assert.Single(Items(pod, "containers"));
        Assert.Equal(("trainer", "net:10"), (Text(container, "name"), Text(container, "image")));
        Assert.Equal(Job.Command, Words(container, "command"));
        // Its own folder pods do not see.
        Assert.Equal("/home/me/results", Text(container, "workingDir"));
        ConfigNode mount = Assert.Single(Items(container, "volumeMounts"));
        ConfigNode volume = Assert.Single(Items(pod, "volumes"));
        Assert.Equal(("/home/me/results", Text(volume, "name")), (Text(mount, "mountPath"), Text(mount, "name")));
        Assert.Equal("course", Text(volume, "persistentVolumeClaim", "claimName"));
        Assert.Equal(
            Text(job, "metadata", "labels", "app.kubernetes.io/instance"), Text(job, "spec", "template", "metadata", "labels", "app.kubernetes.io/instance"));
        Assert.Equal(["name", "image", "command", "workingDir", "volumeMounts"], Keys(container));
        Assert.Equal(["restartPolicy", "terminationGracePeriodSeconds", "automountServiceAccountToken", "containers", "volumes"], Keys(pod));
        Assert.Equal(["name", "labels"], Keys(At(job, "metadata")));
    }

    [Fact]
    public void EverySetting_ComesToItsPlace()
    {
        MappingNode job = Read(Job with
        {
            Settings = new()
            {
                Cpus = 2,
                Memory = "4G",
                Gres = "gpu:2",
                Parallel = 8,
                SignalSeconds = 45,
                Kubernetes = new() { Image = "net:10", Claim = "course", Namespace = "me", Mount = "/home/", User = 1000, Restarts = 0 },
            },
            Folders = ["/home/data"],
        });
        ConfigNode pod = At(job, "spec", "template", "spec");
        ConfigNode container = Items(pod, "containers")[0];
        Assert.Equal(("8", "0", "me"), (Text(job, "spec", "parallelism"), Text(job, "spec", "backoffLimitPerIndex"), Text(job, "metadata", "namespace")));
        Assert.Equal(("45", "1000"), (Text(pod, "terminationGracePeriodSeconds"), Text(pod, "securityContext", "runAsUser")));
        Assert.Equal(("/home", "/home/me"), (Text(Items(container, "volumeMounts")[0], "mountPath"), Text(container, "workingDir")));
        foreach (string part in (string[])["requests", "limits"])
        {
            Assert.Equal(
                ("2", "4Gi", "2"),
                (Text(container, "resources", part, "cpu"), Text(container, "resources", part, "memory"), Text(container, "resources", part, "nvidia.com/gpu")));
        }
        ConfigNode variable = Assert.Single(Items(container, "env"));
        Assert.Equal(("NVIDIA_DRIVER_CAPABILITIES", "compute,utility"), (Text(variable, "name"), Text(variable, "value")));
    }

    [Theory]
    [InlineData("4096", "4096Mi")]
    [InlineData("4096k", "4096Ki")]
    [InlineData("512m", "512Mi")]
    [InlineData("2T", "2Ti")]
    [InlineData("0", null)]
    [InlineData("0G", null)]
    [InlineData("40", "40Mi")]
    public void Memory_IsWrittenInUnitsOfKubernetes(string memory, string? expected) =>
        Assert.Equal(expected, (string?)PodResources.Of(new() { Memory = memory })["memory"]);

    [Theory]
    [InlineData("gpu:a100:2")]
    [InlineData("tmpfs:10G")]
    [InlineData("gpu:1,tmpfs:1")]
    [InlineData("gpu:0")]
    public void Resource_WithoutACounterpart_IsRefused(string gres) => Assert.Equal(
        $"--launcher kubernetes: gres '{gres}' has no counterpart there; write gpu:N for N GPUs of any kind",
        Assert.Throws<ConfigException>(() => (Job with { Settings = Least with { Gres = gres } }).Text()).Message);

    [Theory]
    [InlineData("a\nb: c")]
    [InlineData("a\"b")]
    [InlineData("a'b\\")]
    [InlineData("- a")]
    [InlineData("{a: b}")]
    [InlineData("# a")]
    [InlineData("&a *b !!c")]
    [InlineData("true")]
    [InlineData("ä 😀")]
    public void NoWord_BreaksOutOfItsPlace(string word)
    {
        string folder = $"/home/me/results/{word}";
        MappingNode job = Read(Job with { Command = [word, folder], WorkingFolder = folder });
        ConfigNode container = Items(job, "spec", "template", "spec", "containers")[0];
        Assert.Equal([word, folder], Words(container, "command"));
        Assert.Equal(folder, Text(container, "workingDir"));
        Assert.Equal(["name", "image", "command", "workingDir", "volumeMounts"], Keys(container));
    }

    [Fact]
    public void CharacterThatDoesNotShow_IsWrittenAsAnEscape() =>
        Assert.Contains("- \"a\\u0085b\\u2028c\\u0007d\\uFEFF\"\n", (Job with { Command = ["a\u0085b\u2028c\u0007d\ufeff"] }).Text());

    [Fact]
    public void DollarOfAFolder_IsNoVariable()
    {
        MappingNode job = Read(Job with { Command = ["/home/me/results/$(HOME)/$HOME/$$"] });
        Assert.Equal(["/home/me/results/$$(HOME)/$$HOME/$$$$"], Words(Items(job, "spec", "template", "spec", "containers")[0], "command"));
    }

    [Theory]
    [InlineData("trainer-rates-3f1c9a2b-1-1", 24)]
    [InlineData("Trainer_Rates.v2-3f1c9a2b-1-1", 24)]
    [InlineData("-", 1)]
    [InlineData("a", 100_000)]
    public void Name_IsAHostNameForEveryPod(string name, int completions)
    {
        foreach (string given in (string[])[name, name + new string('x', 100), name + new string('-', 60) + "x"])
        {
            string made = IndexedJob.NameOf(given, completions);
            Assert.Matches("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", made);
            Assert.True($"{made}-{completions - 1}".Length <= 63, made);
            Assert.Equal(made, IndexedJob.NameOf(given, completions));
            Assert.NotEqual(made, IndexedJob.NameOf(given + "y", completions));
        }
        Assert.Equal("trainer-rates-3f1c9a2b-1-1", IndexedJob.NameOf("trainer-rates-3f1c9a2b-1-1", 24));
        Assert.NotEqual(IndexedJob.NameOf("a.b", 1), IndexedJob.NameOf("a_b", 1));
    }

    [Fact]
    public void JobWithoutImageOrClaim_OrToBeSubmitted_IsRefused_WithTheMend()
    {
        Assert.StartsWith("--launcher kubernetes: pods need an image with .NET; write e.g. --image ", Problem(Least with { Kubernetes = new() { Claim = "a" } }, true));
        Assert.StartsWith("--launcher kubernetes: pods need the persistent volume claim on which the results lie; write --claim NAME", Problem(Least with { Kubernetes = new() { Image = "a" } }, true));
        Assert.Equal(
            "--launcher kubernetes submits nothing, for no cluster was at hand to try it on; write --dry-run, and hand what it prints to 'kubectl apply -f -'",
            Problem(Least, false));
        IndexedJob.Check(Least, isDryRun: true);

        static string Problem(ClusterSettings settings, bool isDryRun) => Assert.Throws<ConfigException>(() => IndexedJob.Check(settings, isDryRun)).Message;
    }

    [Theory]
    [InlineData("/home/me/results", "/data", null, "/data does not lie in /home/me/results, and pods see no other folder; write --mount DIR")]
    [InlineData("/home/me/results", "/home/me/results2", null, "/home/me/results2 does not lie in /home/me/results, ")]
    [InlineData("/home/me/results", "/home/me/results/data", "/other", "/home/me/results does not lie in /other, ")]
    [InlineData("/a:b", "/a:b/c", null, "'/a:b' is no folder that a pod can have")]
    public void FolderThatPodsWouldNotSee_IsRefused(string results, string data, string? mount, string problem)
    {
        IndexedJob job = Job with { Results = results, Folders = [data], Settings = Least with { Kubernetes = Least.Kubernetes with { Mount = mount } } };
        Assert.StartsWith("--launcher kubernetes: " + problem, Assert.Throws<ConfigException>(job.Text).Message);
    }

    [Fact]
    public void Text_SaysForWhichKubernetesItIs_AndHasNoPlainWords()
    {
        string text = Job.Text();
        Assert.StartsWith("# An Indexed Job for 'kubectl apply -f -'. Kubernetes 1.29 or later; ", text);
        foreach (string line in text.TrimEnd('\n').Split('\n')[1..])
        {
            Assert.Matches(new Regex(@"^ *(- )?([A-Za-z./]+:)?( ?(""[^""]*""|[0-9]+|true|false))?$"), line);
        }
    }

    private static MappingNode Read(IndexedJob job) => YamlTree.Parse(job.Text(), "job.yaml");

    private static ConfigNode At(ConfigNode node, params ReadOnlySpan<string> path)
    {
        foreach (string key in path)
        {
            node = Assert.IsType<MappingNode>(node).Find(key)?.Value ?? throw new KeyNotFoundException(key);
        }
        return node;
    }

    private static string Text(ConfigNode node, params ReadOnlySpan<string> path) => Assert.IsType<ScalarNode>(At(node, path)).Text;

    private static ConfigNode[] Items(ConfigNode node, params ReadOnlySpan<string> path) => [.. Assert.IsType<SequenceNode>(At(node, path)).Items];

    private static string[] Words(ConfigNode node, params ReadOnlySpan<string> path) => [.. Items(node, path).Select(item => Text(item))];

    private static string[] Keys(ConfigNode node) => [.. Assert.IsType<MappingNode>(node).Entries.Select(entry => entry.Key)];
}
