using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace Trainer.Commands;

/// <summary>Help pages that end with examples.</summary>
internal static class HelpText
{
    // Tests run the program many times in a process and side by side: it goes with the command, and takes several threads.
    private static readonly ConditionalWeakTable<Command, string[]> Examples = [];

    /// <summary>Gives <paramref name="command"/> examples to show below its options.</summary>
    public static TCommand WithExamples<TCommand>(this TCommand command, params string[] examples)
        where TCommand : Command
    {
        Examples.AddOrUpdate(command, examples);
        return command;
    }

    /// <summary>Makes the help pages of <paramref name="root"/> and its verbs show their examples.</summary>
    public static void Install(RootCommand root)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((SynchronousCommandLineAction)help.Action!);
    }

    private sealed class HelpWithExamples(SynchronousCommandLineAction page) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parsed)
        {
            // 'sweep' takes an argument or a verb of its own: the page of 'sweep status' has nothing to do with the former.
            foreach (Argument argument in parsed.CommandResult.Command.Parents.OfType<Command>().SelectMany(parent => parent.Arguments))
            {
                argument.Hidden = true;
            }
            int status = page.Invoke(parsed);
            if (Examples.TryGetValue(parsed.CommandResult.Command, out string[]? examples))
            {
                TextWriter output = parsed.InvocationConfiguration.Output;
                output.WriteLine("Examples:");
                Array.ForEach(examples, example => output.WriteLine($"  {example}"));
                output.WriteLine();
            }
            return status;
        }
    }
}
