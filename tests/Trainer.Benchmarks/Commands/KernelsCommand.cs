using System.CommandLine;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Trainer.Benchmarks.Commands;

/// <summary>Hands over to BenchmarkDotNet.</summary>
internal static class KernelsCommand
{
    private const string All = "*";

    /// <summary>The verb; all that follows <c>--</c> is BenchmarkDotNet's.</summary>
    public static Command Create()
    {
        var filter = new Option<string[]>("--filter")
        {
            HelpName = "GLOB",
            Description = "only these, as '*Optimizer*'; may be given again",
            DefaultValueFactory = _ => [All],
            AllowMultipleArgumentsPerToken = true,
        };
        var more = new Argument<string[]>("arguments")
        {
            HelpName = "ARGUMENTS",
            Description = "for BenchmarkDotNet itself, as '-- --job short'",
            DefaultValueFactory = _ => [],
        };
        Option<string?> folder = CompareCommand.Out();
        var command = new Command("kernels", "Times single kernels with BenchmarkDotNet; its report goes to the subfolder kernels.") { more, filter, folder };
        command.SetAction(parsed =>
        {
            // In this process: a project of its own for each kernel would take longer to build than to measure.
            IConfig config = DefaultConfig.Instance
                .AddJob(Job.Default.WithToolchain(InProcessEmitToolchain.Instance))
                .WithArtifactsPath(Path.Combine(CompareCommand.Folder(parsed.GetValue(folder)), "kernels"));
            BenchmarkSwitcher.FromAssembly(typeof(KernelsCommand).Assembly)
                .Run(["--filter", .. parsed.GetRequiredValue(filter), .. parsed.GetValue(more) ?? []], config);
            return 0;
        });
        return command;
    }
}
