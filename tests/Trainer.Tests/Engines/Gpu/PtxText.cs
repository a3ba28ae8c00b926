using System.Text.RegularExpressions;
using Trainer.Engines.Gpu.Kernels;

namespace Trainer.Tests.Engines.Gpu;

/// <summary>The committed PTX, as instructions by kernel.</summary>
internal static partial class PtxText
{
    /// <summary>All of it.</summary>
    public static string All { get; } = KernelSource.WholePtx();

    /// <summary>The opcodes of each kernel, in order: "fma.rn.f32".</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> OpcodesByKernel { get; } = Parse();

    /// <summary>How many opcodes of a kernel begin in one of these ways.</summary>
    public static int Count(string kernel, params IReadOnlyList<string> starts) =>
        OpcodesByKernel[kernel].Count(opcode => starts.Any(start => opcode.StartsWith(start, StringComparison.Ordinal)));

    private static Dictionary<string, IReadOnlyList<string>> Parse()
    {
        var kernels = new Dictionary<string, IReadOnlyList<string>>();
        foreach (Match kernel in Kernel().Matches(All))
        {
            kernels.Add(kernel.Groups["name"].Value, [.. Opcode().Matches(kernel.Groups["body"].Value).Select(match => match.Groups["opcode"].Value)]);
        }
        return kernels;
    }

    [GeneratedRegex(@"\.entry (?<name>\w+)\(.*?^\{(?<body>.*?)^\}", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Kernel();

    [GeneratedRegex(@"^\s+(@!?%p\d+\s+)?(?<opcode>[a-z][a-z0-9]*(\.[a-z0-9]+)*)\s", RegexOptions.Multiline)]
    private static partial Regex Opcode();
}
