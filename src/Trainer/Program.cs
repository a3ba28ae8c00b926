using Trainer.Commands;

return await CommandLine.InvokeAsync(args, Shell.OfThisProcess());
