using System.Globalization;
using System.Reflection;
using System.Text;
using Trainer.Engines.Gpu.Tracing;

namespace Trainer.Engines.Gpu.Kernels;

/// <summary>The kernels as text: as source, and as the PTX that <c>scripts/build-kernels.sh</c> makes of it.</summary>
internal static class KernelSource
{
    /// <summary>The source with the kernels of all formulas.</summary>
    public static string OfAll() => $"{Text("portable.c")}\n{FormulaSource.OfAll()}\n{Text("kernels.c")}";

    /// <summary>The PTX with the kernels of all formulas, ended by a zero byte as drivers want it.</summary>
    public static byte[] Ptx()
    {
        string text = Text("kernels.ptx");
        byte[] bytes = new byte[text.Length + 1];
        Encoding.ASCII.GetBytes(text, bytes);
        return bytes;
    }

    /// <summary>The whole number that <c>kernels.c</c> defines as <paramref name="name"/>.</summary>
    public static int Number(string name)
    {
        string start = $"#define {name} ";
        string line = Text("kernels.c").Split('\n').FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"kernels.c defines no {name}");
        return int.Parse(line[start.Length..], CultureInfo.InvariantCulture);
    }

    /// <summary>One of the files beside this one, as they were when this assembly was built.</summary>
    public static string Text(string file)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Kernels/{file}")
            ?? throw new InvalidOperationException($"{file} is not in the assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
