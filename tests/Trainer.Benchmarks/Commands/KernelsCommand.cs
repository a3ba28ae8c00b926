using System.CommandLine;
using BenchmarkDotNet.Running;

namespace Trainer.Benchmarks.Commands;

/// <summary>Hands over to BenchmarkDotNet.</summary>
internal static class KernelsCommand
{
    /// <summary>The verb; all that follows is BenchmarkDotNet's.</summary>
    public static Command Create()
    {
        var rest = new Argument<string[]>("arguments")
        {
            HelpName = "ARGUMENTS",
            Description = "for BenchmarkDotNet, as '*' for all, or '-- --filter *Optimizer*'",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("kernels", "Times single kernels with BenchmarkDotNet.") { rest };
        command.SetAction(parsed =>
        {
            BenchmarkSwitcher.FromAssembly(typeof(KernelsCommand).Assembly).Run(parsed.GetValue(rest));
            return 0;
        });
        return command;
    }
}
