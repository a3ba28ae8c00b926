using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Trainer.Engines.Gpu.Kernels;

/// <summary>The kernels as text: as source, and as the PTX that <c>scripts/build-kernels.sh</c> makes of it.</summary>
internal static partial class KernelSource
{
    private static readonly Lazy<string> Whole = new(() => Expand("kernels.c"));

    /// <summary>A program with these kernels.</summary>
    /// <exception cref="KeyNotFoundException">There is no such kernel.</exception>
    public static string Of(IEnumerable<string> kernels) =>
        $"{Whole.Value}\n{string.Join('\n', kernels.Select(kernel => KernelList.Lines[kernel]))}\n";

    /// <summary>The PTX of these kernels, ended by a zero byte as drivers want it.</summary>
    /// <exception cref="KeyNotFoundException">There is no such kernel.</exception>
    public static byte[] Ptx(IReadOnlyCollection<string> kernels)
    {
        string whole = WholePtx();
        Match[] all = PtxKernel().Matches(whole).ToArray();
        Dictionary<string, string> texts = all.ToDictionary(match => match.Groups["name"].Value, match => match.Value);
        string text = $"{whole[..all[0].Index]}{string.Concat(kernels.Select(kernel => texts[kernel]))}\0";
        return Encoding.ASCII.GetBytes(text);
    }

    /// <summary>The PTX with all kernels. It is kept packed: text that a compiler wrote is long and says little.</summary>
    public static string WholePtx()
    {
        using var unpacked = new GZipStream(Open("kernels.ptx.gz"), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked, Encoding.ASCII);
        return reader.ReadToEnd();
    }

    /// <summary>The whole number that the source defines as <paramref name="name"/>.</summary>
    public static int Number(string name)
    {
        string start = $"#define {name} ";
        string line = Whole.Value.Split('\n').FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"the kernels define no {name}");
        return int.Parse(line[start.Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>One of the files beside this one, as they were when this assembly was built.</summary>
    public static string Text(string file)
    {
        using var reader = new StreamReader(Open(file));
        return reader.ReadToEnd();
    }

    private static Stream Open(string file) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream($"Kernels/{file}")
        ?? throw new InvalidOperationException($"{file} is not in the assembly");

    /// <summary>A file with those that it includes: a driver's compiler has no folder to look in.</summary>
    private static string Expand(string file) => Include().Replace(Text(file), match => Expand(match.Groups["file"].Value));

    // From one kernel's first line to the next one's, or to the end.
    [GeneratedRegex(@"^\t// \.globl\t(?<name>\w+).*?(?=^\t// \.globl\t|\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex PtxKernel();

    [GeneratedRegex("^#include \"(?<file>[^\"]+)\"$", RegexOptions.Multiline)]
    private static partial Regex Include();
}
