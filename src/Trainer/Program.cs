using Trainer.Commands;
using Trainer.Terminal;

return await CommandLine.InvokeAsync(args, Shell.OfThisProcess());
