using Trainer.Benchmarks.Commands;
using Trainer.Terminal;

return await BenchmarkCommandLine.InvokeAsync(args, Shell.OfThisProcess());
